package dev.stepzero.ship.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stepzero.core.Digest;
import dev.stepzero.scan.registry.Reference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry that keeps lists of referrers, two to a page, or, if it should not, has another writer beside us; it may also
 * keep conditions, and refuse each one that it is given.
 */
public final class MemoryRegistry implements AutoCloseable {
    private static final String REPOSITORY = "/v2/team/app/";

    final List<String> written = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    final Map<String, UnaryOperator<byte[]>> interference = new ConcurrentHashMap<>();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    final Map<String, Runnable> race = new ConcurrentHashMap<>();
    volatile Conditions conditions = Conditions.PASSED_OVER;
    private volatile boolean refusing;
    private final HttpServer server;
    private final boolean lists;

    /** What becomes of {@code If-Match} and {@code If-None-Match}. */
    enum Conditions {
        PASSED_OVER,
        KEPT,
        ALWAYS_REFUSED
    }

    public MemoryRegistry(boolean lists) throws IOException {
        this.lists = lists;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Lets it refuse everything, or answer again. */
    public void refuse(boolean everything) {
        refusing = everything;
    }

    public Reference repository() {
        return Reference.parse("127.0.0.1:" + server.getAddress().getPort() + "/team/app");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().replaceFirst(REPOSITORY, "");
            var body = exchange.getRequestBody().readAllBytes();
            var name = path.substring(path.lastIndexOf('/') + 1);
            if (refusing) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            switch (exchange.getRequestMethod() + " " + path.replaceFirst("/.*", "")) {
                case "GET manifests" -> {
                    var found = manifests.get(name);
                    if (found != null && conditions != Conditions.PASSED_OVER) {
                        exchange.getResponseHeaders().set("ETag", entityTag(found));
                    }
                    answer(exchange, found);
                }
                case "PUT manifests" -> put(exchange, name, body);
                case "HEAD blobs", "GET blobs" -> answer(exchange, blobs.get(name));
                case "POST blobs" -> {
                    exchange.getResponseHeaders().set("Location", REPOSITORY + "blobs/uploads/1");
                    exchange.sendResponseHeaders(202, -1);
                }
                case "PUT blobs" -> {
                    blobs.put(exchange.getRequestURI().getQuery().replace("digest=", ""), body);
                    exchange.sendResponseHeaders(201, -1);
                }
                case "GET referrers" -> answer(exchange, lists ? page(exchange, name) : null);
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static String entityTag(byte[] manifest) {
        return "\"" + Digest.of(manifest) + "\"";
    }

    private boolean holds(HttpExchange exchange, String name) {
        var headers = exchange.getRequestHeaders();
        var match = headers.getFirst("If-Match");
        var conditional = match != null || headers.getFirst("If-None-Match") != null;
        var now = manifests.get(name);
        return switch (conditions) {
            case PASSED_OVER -> true;
            case ALWAYS_REFUSED -> !conditional;
            case KEPT ->
                !conditional || (now == null ? match == null : entityTag(now).equals(match));
        };
    }

    private synchronized void put(HttpExchange exchange, String name, byte[] body) throws IOException {
        race.getOrDefault(name, () -> {}).run();
        if (!holds(exchange, name)) {
            exchange.sendResponseHeaders(412, -1);
            return;
        }
        written.add(name);
        manifests.put(Digest.of(body).toString(), body);
        var changed = interference.getOrDefault(name, same -> same).apply(body);
        interference.remove(name);
        manifests.put(name, changed);
        var subject = JsonMapper.shared().readTree(body).at("/subject/digest").asString("");
        if (lists && !subject.isEmpty()) {
            exchange.getResponseHeaders().set("OCI-Subject", subject);
        }
        exchange.sendResponseHeaders(201, -1);
    }

    private byte[] page(HttpExchange exchange, String image) {
        var all = manifests.entrySet().stream()
                .filter(each -> each.getKey().startsWith("sha256:"))
                .sorted(Map.Entry.comparingByKey())
                .map(each -> JsonMapper.shared().readTree(each.getValue()))
                .filter(each -> each.at("/subject/digest").asString("").equals(image))
                .map(each -> "{\"mediaType\":%s,\"digest\":\"%s\",\"size\":1,\"artifactType\":%s}"
                        .formatted(
                                each.path("mediaType"),
                                Digest.of(each.toString().getBytes(UTF_8)),
                                each.path("artifactType")))
                .toList();
        var query = exchange.getRequestURI().getQuery();
        var start = query == null ? 0 : Integer.parseInt(query.replace("start=", ""));
        var end = Math.min(start + 2, all.size());
        if (end < all.size()) {
            exchange.getResponseHeaders()
                    .set("Link", "<%sreferrers/%s?start=%d>; rel=\"next\"".formatted(REPOSITORY, image, end));
        }
        return "{\"manifests\":[%s]}"
                .formatted(String.join(",", all.subList(start, end)))
                .getBytes(UTF_8);
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        var head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(body == null ? 404 : 200, body == null || head ? -1 : body.length);
        if (body != null && !head) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
