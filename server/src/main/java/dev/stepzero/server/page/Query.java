package dev.stepzero.server.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The part of an address that holds a list's filters.
 *
 * @param path what stands before it
 * @param parameters in their order; those without a value are left out
 */
public record Query(String path, Map<String, String> parameters) {
    public Query {
        parameters = new LinkedHashMap<>(parameters);
        parameters.values().removeIf(String::isEmpty);
    }

    public static Query of(String path) {
        return new Query(path, Map.of());
    }

    /** The same with another value; an empty one takes it out. */
    public Query with(String name, Object value) {
        var more = new LinkedHashMap<>(parameters);
        more.put(name, value.toString());
        return new Query(path, more);
    }

    /** What is chosen, or nothing. */
    public String value(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Whether anything is chosen but the project. */
    public boolean isNarrow() {
        return parameters.keySet().stream().anyMatch(name -> !name.equals("project"));
    }

    /** The address. */
    @Override
    public String toString() {
        var query = parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
