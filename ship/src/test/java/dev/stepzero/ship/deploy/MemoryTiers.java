package dev.stepzero.ship.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stepzero.core.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** An environment of which only the load balancer is real: an HTTP server for each of its two addresses. */
public final class MemoryTiers implements Tiers, AutoCloseable {
    private final Map<Colour, Digest> running = new EnumMap<>(Colour.class);
    private final Map<Digest, Answers> answers = new HashMap<>();
    private final List<String> story = new ArrayList<>();
    private Optional<Colour> serving = Optional.empty();
    private Optional<Colour> shown = Optional.empty();
    private String cut = "";
    private final HttpServer live = server(() -> serving);
    private final HttpServer preview = server(() -> shown);

    /** What the replicas of an image answer. */
    public record Answers(int health, String versionInPreview, String versionLive) {}

    /** The process dies here. */
    static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private interface Leads {
        Optional<Colour> now();
    }

    public void answers(Release release, Answers what) {
        answers.put(release.image(), what);
    }

    /** Lets the next call to a method fail: {@code before start}, {@code after start}. */
    void cutNext(String place) {
        cut = place;
    }

    /** The changes so far, such as {@code start green}. */
    List<String> story() {
        return story;
    }

    /** What is there, such as {@code blue serves; running: blue}. */
    synchronized String state() {
        return serving.map(Colour::label).orElse("nothing") + " serves; running: "
                + String.join(" ", running.keySet().stream().map(Colour::label).toList());
    }

    void lose(Colour colour) {
        running.remove(colour);
    }

    @Override
    public URI live() {
        return address(live);
    }

    @Override
    public URI preview() {
        return address(preview);
    }

    @Override
    public synchronized Optional<Colour> serving() {
        return serving;
    }

    @Override
    public synchronized Optional<Digest> running(Colour colour) {
        return Optional.ofNullable(running.get(colour));
    }

    @Override
    public void migrate(Release release) {
        change("migrate", "", () -> {});
    }

    @Override
    public void start(Release release, Colour colour) {
        change("start", " " + colour.label(), () -> running.put(colour, release.image()));
    }

    @Override
    public void show(Colour colour) {
        change("show", " " + colour.label(), () -> shown = Optional.of(colour));
    }

    @Override
    public void serve(Colour colour) {
        change("serve", " " + colour.label(), () -> serving = Optional.of(colour));
    }

    @Override
    public void stop(Colour colour) {
        change("stop", " " + colour.label(), () -> running.remove(colour));
    }

    @Override
    public List<String> output(Colour colour, int lines) {
        return List.of("last words of " + colour.label());
    }

    private synchronized void change(String method, String detail, Runnable effect) {
        cutIf("before " + method);
        effect.run();
        story.add(method + detail);
        cutIf("after " + method);
    }

    private void cutIf(String place) {
        if (cut.equals(place)) {
            cut = "";
            throw new Cut();
        }
    }

    private HttpServer server(Leads leads) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> answer(exchange, leads));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void answer(HttpExchange exchange, Leads leads) throws IOException {
        var what = leads.now().map(running::get).map(answers::get).orElse(new Answers(503, "", ""));
        var isLive = exchange.getLocalAddress().getPort() == live.getAddress().getPort();
        var path = exchange.getRequestURI().getPath();
        var body = path.equals("/version") ? (isLive ? what.versionLive() : what.versionInPreview()) : "well";
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(
                path.equals("/health") ? what.health() : 200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        live.stop(0);
        preview.stop(0);
    }
}
