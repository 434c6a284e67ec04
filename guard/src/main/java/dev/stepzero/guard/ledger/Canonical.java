package dev.stepzero.guard.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON in the canonical form of RFC 8785: keys in the order of their UTF-16 units, no blanks, the shortest escapes.
 * Of numbers it takes whole ones up to 2<sup>53</sup> alone, which every reader understands alike.
 */
final class Canonical {
    private static final long LARGEST = (1L << 53) - 1;
    private static final int DEEPEST = 16;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(512);

    /**
     * A value in canonical form.
     *
     * @param value maps, lists, texts, whole numbers, truth values and null
     * @throws IllegalArgumentException if it holds anything else or is nested deeper than 16
     */
    static String json(@Nullable Object value) {
        var canonical = new Canonical();
        canonical.value(value, 0);
        return canonical.out.toString();
    }

    private void value(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("details are nested deeper than " + DEEPEST);
        }
        switch (value) {
            case null -> out.append("null");
            case String text -> string(text);
            case Boolean truth -> out.append(truth.booleanValue());
            case Integer number -> out.append(number.intValue());
            case Long number -> out.append(bounded(number));
            case Raw raw -> out.append(raw.json());
            case Enum<?> constant -> string(constant.name());
            case List<?> list -> list(list, depth);
            case Map<?, ?> map -> map(map, depth);
            default ->
                throw new IllegalArgumentException(
                        "details cannot hold a " + value.getClass().getSimpleName());
        }
    }

    /** What is in canonical form already. */
    record Raw(String json) {}

    private static long bounded(long number) {
        if (Math.abs(number) > LARGEST) {
            throw new IllegalArgumentException(
                    "write %d as a text: not every reader of JSON can hold it".formatted(number));
        }
        return number;
    }

    private void list(List<?> list, int depth) {
        out.append('[');
        var first = true;
        for (var each : list) {
            if (!first) {
                out.append(',');
            }
            first = false;
            value(each, depth + 1);
        }
        out.append(']');
    }

    private void map(Map<?, ?> map, int depth) {
        var sorted = new TreeMap<String, @Nullable Object>();
        map.forEach((key, each) -> sorted.put(Bounded.proper(String.valueOf(key)), each));
        out.append('{');
        var first = true;
        for (var each : sorted.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            string(each.getKey());
            out.append(':');
            value(each.getValue(), depth + 1);
        }
        out.append('}');
    }

    private void string(String given) {
        var text = Bounded.proper(given);
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
