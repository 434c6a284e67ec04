package dev.stepzero.server;

import dev.stepzero.core.Home;
import dev.stepzero.store.embedded.PostgresCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a server in a directory of its own, asks for what most people see first, and ends: what an AOT cache records. */
public final class Rehearsal {
    private static final List<String> PATHS = List.of("/", "/sign-in", "/assets/style.css", "/health", "/api/v1/me");

    private Rehearsal() {}

    public static void run() throws InterruptedException {
        try {
            var home = new Home(Files.createTempDirectory("stepzero-rehearsal"));
            var settings = new ServerSettings(
                    ListenAddress.parse("127.0.0.1:0"), Optional.empty(), Optional.empty(), home, Map.of());
            try (var server = Server.start(settings);
                    var client = HttpClient.newHttpClient()) {
                for (var path : PATHS) {
                    var request = HttpRequest.newBuilder(server.address().resolve(path));
                    client.send(request.build(), BodyHandlers.discarding());
                }
            } finally {
                PostgresCluster.at(home.root().resolve("postgres")).delete();
            }
            delete(home.root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var below = Files.walk(directory)) {
            for (var path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
