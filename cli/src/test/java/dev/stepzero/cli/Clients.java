package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** People who ask a service all the time, and keep what it did not answer. */
final class Clients implements AutoCloseable {
    private static final int THREADS = 8;
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpRequest request;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();
    private final Set<String> answers = ConcurrentHashMap.newKeySet();
    private final Queue<String> losses = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean asking = true;

    Clients(URI address) {
        request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
        for (var i = 0; i < THREADS; i++) {
            threads.add(Thread.ofVirtual().start(this::ask));
        }
    }

    private void ask() {
        while (asking) {
            try {
                var response = client.send(request, BodyHandlers.ofString());
                answers.add(response.body());
                if (response.statusCode() != 200) {
                    losses.add(response.statusCode() + " " + response.body());
                }
            } catch (IOException e) {
                losses.add(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Stops asking, and requires that each question had an answer, and which answers there were. */
    void requireAnswers(String... expected) throws InterruptedException {
        asking = false;
        for (var thread : threads) {
            thread.join();
        }
        assertThat(losses).isEmpty();
        assertThat(answers).containsExactlyInAnyOrder(expected);
    }

    @Override
    public void close() {
        asking = false;
        client.shutdownNow();
        client.close();
    }
}
