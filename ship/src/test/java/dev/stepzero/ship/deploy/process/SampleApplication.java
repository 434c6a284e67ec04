package dev.stepzero.ship.deploy.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** What runs in the sample images: answers with its commit, its surroundings, or slowly. */
public final class SampleApplication {
    private SampleApplication() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("migrate")) {
            migrate();
            return;
        }
        var commit = Files.readString(Path.of(System.getenv("COMMIT_FILE"))).strip();
        var address =
                new InetSocketAddress(System.getenv("SAMPLE_ADDRESS"), Integer.parseInt(System.getenv("SAMPLE_PORT")));
        var server = HttpServer.create(address, 512);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, commit));
        server.createContext(
                "/pid",
                exchange ->
                        answer(exchange, Long.toString(ProcessHandle.current().pid())));
        server.createContext("/headers", exchange -> {
            var headers = new StringBuilder();
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            headers.append(name).append(": ").append(values).append('\n'));
            answer(exchange, headers.toString());
        });
        server.createContext(
                "/environment", exchange -> answer(exchange, System.getenv().toString()));
        server.createContext(
                "/directory",
                exchange -> answer(exchange, Path.of("").toAbsolutePath().toString()));
        server.createContext(
                "/secret", exchange -> answer(exchange, Files.readString(Path.of(System.getenv("COOKIE_KEY_FILE")))));
        server.createContext("/slow", exchange -> {
            try {
                Thread.sleep(3000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer(exchange, commit);
        });
        server.createContext(
                "/echo",
                exchange ->
                        answer(exchange, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        server.start();
        System.out.println("listening");
    }

    private static void migrate() throws IOException {
        System.out.println(
                "migrating as " + System.getenv("SAMPLE_DB_USER") + " for " + System.getenv("SAMPLE_DB_APP_ROLE"));
        if (Files.readString(Path.of(System.getenv("SAMPLE_DB_PASSWORD_FILE"))).length() != 43) {
            System.exit(3);
        }
        if (Files.exists(Path.of(System.getenv("COMMIT_FILE")).resolveSibling("broken"))) {
            System.out.println("the migration is broken");
            System.exit(7);
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
