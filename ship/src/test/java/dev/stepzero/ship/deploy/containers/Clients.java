package dev.stepzero.ship.deploy.containers;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Twenty users that ask without a pause: half of them keep their connection, half open one for each request. */
final class Clients implements AutoCloseable {
    private static final int KEEPING = 10;
    private static final int FRESH = 10;
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final URI address;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean done;

    Clients(URI address) {
        this.address = address;
        for (int i = 0; i < KEEPING; i++) {
            threads.add(Thread.ofPlatform().start(this::askOverOneConnection));
        }
        for (int i = 0; i < FRESH; i++) {
            threads.add(Thread.ofPlatform().start(this::askOverNewConnections));
        }
    }

    /** How often each answer came so far; whatever went wrong is an answer too. */
    Map<String, Integer> answers() {
        return Map.copyOf(answers);
    }

    int count(String answer) {
        return answers.getOrDefault(answer, 0);
    }

    @Override
    public void close() {
        done = true;
        for (var thread : threads) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void askOverOneConnection() {
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
            while (!done) {
                try {
                    note(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
                } catch (IOException e) {
                    note(String.valueOf(e));
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    private void askOverNewConnections() {
        var request = "GET %s HTTP/1.0\r\nHost: test\r\n\r\n".formatted(address.getPath());
        while (!done) {
            try (var socket = new Socket(address.getHost(), address.getPort())) {
                socket.setSoTimeout((int) ANSWER.toMillis());
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                note(answer.substring(answer.indexOf("\r\n\r\n") + 4));
            } catch (IOException | RuntimeException e) {
                note(String.valueOf(e));
            }
        }
    }

    private void note(String answer) {
        answers.merge(answer, 1, Integer::sum);
    }
}
