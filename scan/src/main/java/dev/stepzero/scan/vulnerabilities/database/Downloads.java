package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.vulnerabilities.database.Catalogue.Marks;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Fetches files over HTTP, only where they changed, and never more or longer than the limits allow. */
final class Downloads {
    private static final int BUFFER = 1 << 16;

    private final Limits limits;

    Downloads(Limits limits) {
        this.limits = limits;
    }

    /**
     * Writes what a URL answers to a file.
     *
     * @param known what the server said the last time
     * @return what it says now; empty where nothing has changed since
     * @throws UserError if it cannot be had
     */
    Optional<Marks> fetch(String url, Marks known, Path file) throws InterruptedException {
        try (var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(limits.silence())
                .build()) {
            var response = client.send(request(url, known), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() == 304) {
                    return Optional.empty();
                }
                if (response.statusCode() != 200) {
                    throw unavailable(url, "the server answers " + response.statusCode());
                }
                save(url, body, file);
            } finally {
                client.shutdownNow();
            }
            var headers = response.headers();
            return Optional.of(new Marks(
                    headers.firstValue("etag").orElse(""),
                    headers.firstValue("last-modified").orElse("")));
        } catch (IOException | IllegalArgumentException e) {
            throw unavailable(url, e.getMessage() == null ? e.toString() : e.getMessage())
                    .because(e);
        }
    }

    private HttpRequest request(String url, Marks known) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(limits.silence())
                .header("User-Agent", "stepzero")
                .GET();
        if (!known.etag().isEmpty()) {
            request.header("If-None-Match", known.etag());
        }
        if (!known.lastModified().isEmpty()) {
            request.header("If-Modified-Since", known.lastModified());
        }
        return request.build();
    }

    private void save(String url, InputStream body, Path file) throws IOException, InterruptedException {
        var lastByte = new AtomicLong(System.nanoTime());
        var begin = System.nanoTime();
        var watch = Thread.ofVirtual().start(() -> closeWhenSilent(body, lastByte, begin));
        try (var out = Files.newOutputStream(file)) {
            var buffer = new byte[BUFFER];
            long sum = 0;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                lastByte.set(System.nanoTime());
                sum += read;
                if (sum > limits.download()) {
                    throw unavailable(url, "it sends more than %d MB".formatted(limits.download() >> 20));
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                out.write(buffer, 0, read);
            }
        } finally {
            watch.interrupt();
        }
    }

    /** The client has no limit for a body that trickles. */
    private void closeWhenSilent(InputStream body, AtomicLong lastByte, long begin) {
        long step = Math.max(1, limits.silence().toMillis() / 10);
        try {
            while (System.nanoTime() - lastByte.get() < limits.silence().toNanos()
                    && System.nanoTime() - begin < limits.patience().toNanos()) {
                Thread.sleep(step);
            }
            body.close();
        } catch (InterruptedException | IOException e) {
            // The download has come to its end, or is being closed already.
            Thread.currentThread().interrupt();
        }
    }

    private static UserError unavailable(String url, String why) {
        return UserError.engine("it cannot be fetched: " + why)
                .at(url)
                .fix("try again later, or fetch the file yourself and import it from disk");
    }
}
