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

/** A registry that keeps lists of referrers, two to a page, or, if it should not, has another writer beside us. */
final class MemoryRegistry implements AutoCloseable {
    private static final String REPOSITORY = "/v2/team/app/";

    final List<String> written = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    final Map<String, UnaryOperator<byte[]>> interference = new ConcurrentHashMap<>();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final boolean lists;

    MemoryRegistry(boolean lists) throws IOException {
        this.lists = lists;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    Reference repository() {
        return Reference.parse("127.0.0.1:" + server.getAddress().getPort() + "/team/app");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().replaceFirst(REPOSITORY, "");
            var body = exchange.getRequestBody().readAllBytes();
            var name = path.substring(path.lastIndexOf('/') + 1);
            switch (exchange.getRequestMethod() + " " + path.replaceFirst("/.*", "")) {
                case "GET manifests" -> answer(exchange, manifests.get(name));
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

    private void put(HttpExchange exchange, String name, byte[] body) throws IOException {
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
