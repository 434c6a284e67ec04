package dev.stepzero.invoicer.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request, free of the web server's own types.
 *
 * @param id random, for finding all lines of one request in the log
 * @param headers by lower-case name
 * @param source the caller's address
 * @param secure whether the caller reached us, or our proxy, over TLS
 * @param argument what the route's pattern took from the path
 */
public record Call(
        String id,
        String method,
        String path,
        Map<String, String> query,
        Map<String, List<String>> headers,
        String source,
        boolean secure,
        Body body,
        Caller caller,
        String argument) {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** The body, read only when somebody wants it. */
    @FunctionalInterface
    public interface Body {
        /** @throws Refusal when the body is too large or too slow */
        byte[] read();
    }

    /** The first header of that name, given in lower case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    public Optional<String> cookie(String name) {
        return headers.getOrDefault("cookie", List.of()).stream()
                .flatMap(line -> List.of(line.split(";")).stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    public boolean changes() {
        return !READING.contains(method);
    }

    Call from(Caller known) {
        return new Call(id, method, path, query, headers, source, secure, body, known, argument);
    }

    Call about(String taken) {
        return new Call(id, method, path, query, headers, source, secure, body, caller, taken);
    }
}
