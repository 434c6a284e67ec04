package dev.stepzero.server.oidc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a signed token says, or its service of an account. */
public record Claims(Map<String, Object> values) {
    private static final int MOST_TEXTS = 2000;

    public Claims {
        values = Map.copyOf(values);
    }

    /** A claim that is a text with something in it. */
    public Optional<String> text(String name) {
        return values.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(values.get(name)) || "true".equals(values.get(name));
    }

    /** A claim that is a list of texts, or one text; at most 2,000 of them count. */
    public List<String> texts(String path) {
        return switch (find(path)) {
            case String one -> List.of(one);
            case List<?> many ->
                many.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .limit(MOST_TEXTS)
                        .toList();
            default -> List.of();
        };
    }

    /** Whether there is such a claim at all. */
    public boolean has(String path) {
        return !find(path).equals("");
    }

    /** By its whole name first, for some services put dots into names; then step by step into objects. */
    private Object find(String path) {
        if (values.containsKey(path)) {
            return values.getOrDefault(path, "");
        }
        Object at = values;
        for (var step : path.split("\\.", -1)) {
            at = at instanceof Map<?, ?> map && map.get(step) != null ? map.get(step) : "";
        }
        return at;
    }

    /** All claims that are a text, a number or a truth, as text. */
    public Map<String, String> plain() {
        var plain = new HashMap<String, String>();
        values.forEach((name, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                plain.put(name, value.toString());
            }
        });
        return Map.copyOf(plain);
    }
}
