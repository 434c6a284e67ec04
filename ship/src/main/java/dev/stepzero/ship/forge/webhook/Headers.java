package dev.stepzero.ship.forge.webhook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The headers of a delivery; names in any case. */
public final class Headers {
    private static final int MOST = 100;
    private static final int LONGEST = 4096;

    private final Map<String, List<String>> values;

    private Headers(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Takes over headers; beyond a hundred names the rest is not looked at. */
    public static Headers of(Map<String, List<String>> headers) {
        var values = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, given) -> {
            if (values.size() < MOST || values.containsKey(name)) {
                values.computeIfAbsent(name, key -> new ArrayList<>()).addAll(given);
            }
        });
        return new Headers(Collections.unmodifiableMap(values));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The one value of a header: empty if there is none, or several, of which nobody could say which counts. */
    Optional<String> only(String name) {
        var given = values.getOrDefault(name, List.of());
        return given.size() == 1 && given.getFirst().length() <= LONGEST
                ? Optional.of(given.getFirst().strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }
}
