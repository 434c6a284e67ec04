package dev.stepzero.invoicer.http;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;

/** Turns Jetty's requests into calls. */
final class JettyCalls {
    private final boolean behindProxy;
    private final SecureRandom random;

    JettyCalls(boolean behindProxy, SecureRandom random) {
        this.behindProxy = behindProxy;
        this.random = random;
    }

    Call read(Request request) {
        var headers = new HashMap<String, List<String>>();
        for (var field : request.getHeaders()) {
            headers.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(Optional.ofNullable(field.getValue()).orElse(""));
        }
        var secure =
                request.isSecure() || forwarded(headers, "x-forwarded-proto").equals(Optional.of("https"));
        return new Call(
                requestId(),
                request.getMethod(),
                Optional.ofNullable(request.getHttpURI().getPath()).orElse("*"),
                query(request),
                headers,
                forwarded(headers, "x-forwarded-for").orElseGet(() -> Request.getRemoteAddr(request)),
                secure,
                () -> JettyBody.read(request),
                new Caller.Stranger(),
                "");
    }

    /** The last entry is the one our own proxy wrote; what stands before it the caller may have made up. */
    private Optional<String> forwarded(Map<String, List<String>> headers, String name) {
        var lines = headers.getOrDefault(name, List.of());
        if (!behindProxy || lines.isEmpty()) {
            return Optional.empty();
        }
        var line = lines.getLast();
        return Optional.of(line.substring(line.lastIndexOf(',') + 1).strip()).filter(value -> !value.isEmpty());
    }

    private String requestId() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Empty where the query is no valid one: no route depends on reading a broken query. */
    private static Map<String, String> query(Request request) {
        try {
            var query = new HashMap<String, String>();
            Request.extractQueryParameters(request).forEach(field -> query.put(field.getName(), field.getValue()));
            return query;
        } catch (IllegalArgumentException | HttpException.RuntimeException e) {
            return Map.of();
        }
    }
}
