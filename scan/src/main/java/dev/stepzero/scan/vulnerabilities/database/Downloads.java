package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.registry.PatientStream;
import dev.stepzero.scan.vulnerabilities.database.Catalogue.Marks;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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

    /** The client has no limit for a body that is silent, or that trickles. */
    private void save(String url, InputStream body, Path file) throws IOException, InterruptedException {
        var begin = System.nanoTime();
        try (var patient = new PatientStream(body, limits.silence());
                var out = Files.newOutputStream(file)) {
            var buffer = new byte[BUFFER];
            long sum = 0;
            for (int read = patient.read(buffer); read >= 0; read = patient.read(buffer)) {
                sum += read;
                if (System.nanoTime() - begin > limits.patience().toNanos()) {
                    throw unavailable(url, "it takes more than " + limits.patience());
                }
                if (sum > limits.download()) {
                    throw unavailable(url, "it sends more than %d MB".formatted(limits.download() >> 20));
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                out.write(buffer, 0, read);
            }
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        }
    }

    private static UserError unavailable(String url, String why) {
        return UserError.engine("it cannot be fetched: " + why)
                .at(url)
                .fix("try again later, or fetch the file yourself and import it from disk");
    }
}
