package dev.stepzero.scan.compose;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills in variables as the Compose specification says: {@code $X}, {@code ${X}}, {@code ${X:-default}}, {@code
 * ${X-default}}, {@code ${X:?error}}, {@code ${X?error}}, {@code ${X:+other}}, {@code ${X+other}}, and {@code $$} for a
 * dollar sign. The values come from the {@code .env} file; the shell that Compose is started from cannot be known, so a
 * variable that has no value and no default is unknown.
 */
final class Interpolation {
    /** Defaults in defaults in defaults. */
    private static final int DEEPEST = 20;

    /** A text in which this many braces stay open is no template; looking on for their ends would take for ever. */
    private static final int MOST_UNCLOSED = 100;

    private final Map<String, String> variables;

    Interpolation(Map<String, String> variables) {
        this.variables = variables;
    }

    Located fill(Located located) {
        return switch (located.value()) {
            case Value.Text text
            when text.value().indexOf('$') >= 0 -> new Located(text(text.value(), 0), located.position());
            case Value.Sequence list ->
                new Located(
                        new Value.Sequence(list.items().stream().map(this::fill).toList()), located.position());
            case Value.Mapping map -> new Located(fill(map), located.position());
            default -> located;
        };
    }

    Value.Mapping fill(Value.Mapping map) {
        var filled = new LinkedHashMap<String, Located>();
        map.entries().forEach((name, value) -> filled.put(name, fill(value)));
        return new Value.Mapping(filled);
    }

    private Value text(String text, int depth) {
        var parts = new ArrayList<Value>();
        var plain = new StringBuilder();
        int at = 0;
        int unclosed = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            boolean brace = c == '$' && next == '{' && unclosed < MOST_UNCLOSED;
            int end = brace ? closing(text, at + 1) : c == '$' ? nameEnd(text, at + 1) : -1;
            unclosed += brace && end < 0 ? 1 : 0;
            if (c == '$' && next == '$') {
                plain.append('$');
                at += 2;
            } else if (c != '$' || end <= at + 1) {
                plain.append(c);
                at++;
            } else {
                parts.add(Value.of(plain.toString()));
                plain.setLength(0);
                parts.add(
                        next == '{' ? braced(text.substring(at + 2, end), depth) : named(text.substring(at + 1, end)));
                at = next == '{' ? end + 1 : end;
            }
        }
        parts.add(Value.of(plain.toString()));
        return join(parts);
    }

    private static Value join(List<Value> parts) {
        var set = parts.stream()
                .filter(part -> !(part instanceof Value.Absent) && !part.equals(Value.of("")))
                .toList();
        return Unknown.text(set);
    }

    private Value named(String name) {
        var value = variables.get(name);
        return value == null ? Unknown.because("the variable " + name) : Value.of(value);
    }

    /** What stands between the braces: a name, and perhaps what to do where it is set, empty or not set. */
    private Value braced(String inside, int depth) {
        int end = nameEnd(inside, 0);
        var name = inside.substring(0, end);
        boolean colon = inside.startsWith(":", end);
        int at = colon ? end + 1 : end;
        if (name.isEmpty() || at >= inside.length() || depth >= DEEPEST) {
            return named(name);
        }
        var other = inside.substring(at + 1);
        var value = Optional.ofNullable(variables.get(name)).filter(text -> !(colon && text.isEmpty()));
        return switch (inside.charAt(at)) {
            case '-' -> value.<Value>map(Value::of).orElseGet(() -> text(other, depth + 1));
            case '?' ->
                value.<Value>map(Value::of)
                        .orElseGet(() -> Unknown.because("the variable " + name).present());
            case '+' ->
                value.isPresent()
                        ? text(other, depth + 1)
                        : Unknown.either("the variable " + name, text(other, depth + 1), Value.of(""));
            default -> named(name);
        };
    }

    private static int nameEnd(String text, int start) {
        int at = start;
        while (at < text.length() && isNamePart(text.charAt(at), at == start)) {
            at++;
        }
        return at;
    }

    private static boolean isNamePart(char c, boolean first) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
    }

    /** The brace that closes the one given; -1 where none does. */
    private static int closing(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return at;
            }
        }
        return -1;
    }
}
