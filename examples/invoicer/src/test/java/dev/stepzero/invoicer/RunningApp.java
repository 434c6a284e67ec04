package dev.stepzero.invoicer;

import dev.stepzero.invoicer.log.AppLog;
import dev.stepzero.invoicer.settings.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The application, started in this process on a port of its own, and a client for it. */
final class RunningApp implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Application application;
    private final ByteArrayOutputStream log;
    final List<String> announced;

    private RunningApp(Application application, ByteArrayOutputStream log, List<String> announced) {
        this.application = application;
        this.log = log;
        this.announced = announced;
    }

    static RunningApp start() {
        return start(TestDatabase.SHARED, Map.of("INVOICER_ADMIN_PASSWORD", PASSWORD));
    }

    static RunningApp start(TestDatabase database, Map<String, String> settings) {
        return start(database, settings, Clock.systemUTC());
    }

    static RunningApp start(TestDatabase database, Map<String, String> settings, Clock clock) {
        var environment = new HashMap<>(database.environment(TestDatabase.APP));
        environment.put("INVOICER_ADDRESS", "127.0.0.1");
        environment.put("INVOICER_PORT", "0");
        environment.putAll(settings);
        var out = new ByteArrayOutputStream();
        var log = new AppLog(new PrintStream(out, true, StandardCharsets.UTF_8), clock, "host", 1);
        var announced = new ArrayList<String>();
        return new RunningApp(
                Application.start(new Environment(environment), log, clock, announced::add), out, announced);
    }

    int port() {
        return application.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    static String basic(String name, String password) {
        var pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** As the admin. */
    HttpResponse<String> get(String path, String... headers) {
        return admin("GET", path, "", headers);
    }

    HttpResponse<String> delete(String path, String... headers) {
        return admin("DELETE", path, "", headers);
    }

    HttpResponse<String> post(String body) {
        return admin("POST", "/invoice", body, "Content-Type", "application/json");
    }

    HttpResponse<String> put(String path, String body) {
        return admin("PUT", path, body, "Content-Type", "application/json");
    }

    HttpResponse<String> admin(String method, String path, String body, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", basic("admin", PASSWORD)));
        return call(method, path, body.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
    }

    /** As a stranger, unless the headers say otherwise. */
    HttpResponse<String> call(String method, String path, byte[] body, String... headers) {
        var publisher = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        var request = HttpRequest.newBuilder(uri(path)).method(method, publisher);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> call(String method, String path, String... headers) {
        return call(method, path, new byte[0], headers);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Posts an invoice and returns its path. */
    String create(String body) {
        return post(body).headers().firstValue("Location").orElseThrow();
    }

    @Override
    public void close() {
        application.stop();
    }
}
