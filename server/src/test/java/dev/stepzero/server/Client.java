package dev.stepzero.server;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sends requests as a browser would, with a session's cookie and the token against forged requests; follows no redirect. */
public record Client(URI server, Optional<String> cookie) {
    public static final String AGENT = "tests";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CSRF = "0123456789abcdef0123456789abcdef";

    public HttpResponse<String> get(String path) {
        return send("GET", path, "", Map.of());
    }

    /** Sends a form. */
    public HttpResponse<String> post(String path, Map<String, String> fields) {
        var form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send("POST", path, form, Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    public HttpResponse<String> send(String method, String path, String body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(server.resolve(path))
                .method(method, BodyPublishers.ofString(body))
                .header("User-Agent", AGENT)
                .header("X-CSRF-TOKEN", masked())
                .header(
                        "Cookie",
                        "stepzero-csrf=" + CSRF + cookie.map("; "::concat).orElse(""));
        headers.forEach(request::setHeader);
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The token as a page would hold it: XORed with random bytes, which here are zeros. */
    private static String masked() {
        var token = CSRF.getBytes(StandardCharsets.UTF_8);
        var masked = new byte[2 * token.length];
        System.arraycopy(token, 0, masked, token.length, token.length);
        return Base64.getUrlEncoder().encodeToString(masked);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
