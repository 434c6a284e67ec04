package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;

/** Fills in variables and takes quotes away, as BuildKit does for the instructions that no shell sees. */
final class Expansion {
    private static final int LONGEST = 1 << 16;
    private static final int DEEPEST = 20;
    /** How many characters an unknown part counts for. */
    private static final int PART = 512;
    /** A part is referred to, not copied: it takes so much less than a text that counts as many characters. */
    private static final int REFERENCE = 16;

    private final String text;
    private final char escape;
    private final Variables variables;
    private final int depth;
    private final List<Value> parts = new ArrayList<>();
    private final StringBuilder known = new StringBuilder();
    private int length;
    private boolean tooMuch;
    private int at;

    private Expansion(String text, char escape, Variables variables, int depth) {
        this.text = text;
        this.escape = escape;
        this.variables = variables;
        this.depth = depth;
    }

    static Value of(String text, char escape, Variables variables) {
        return of(text, escape, variables, 0);
    }

    private static Value of(String text, char escape, Variables variables, int depth) {
        if (text.indexOf('$') < 0) {
            return Value.of(Words.unquote(text, escape));
        }
        if (depth > DEEPEST) {
            return Unknown.because("its variables are nested more than " + DEEPEST + " deep");
        }
        return new Expansion(text, escape, variables, depth).expand();
    }

    private Value expand() {
        boolean twice = false;
        while (at < text.length() && length <= LONGEST && !tooMuch) {
            char c = text.charAt(at);
            if (c == escape && at + 1 < text.length()) {
                char escaped = text.charAt(at + 1);
                if (twice && escaped != '"' && escaped != '$' && escaped != escape) {
                    take(String.valueOf(c));
                }
                take(String.valueOf(escaped));
                at += 2;
            } else if (c == '"') {
                twice = !twice;
                at++;
            } else if (c == '\'' && !twice) {
                int end = text.indexOf('\'', at + 1);
                end = end < 0 ? text.length() : end;
                take(text.substring(at + 1, end));
                at = end + 1;
            } else if (c == '$') {
                dollar();
            } else {
                take(String.valueOf(c));
                at++;
            }
        }
        if (tooMuch) {
            return Unknown.because(
                    "the variables of the file fill in more than " + Variables.MOST_FILLED_IN + " characters");
        }
        if (length > LONGEST) {
            return Unknown.because("its text is longer than " + LONGEST + " characters");
        }
        flush();
        return parts.isEmpty() ? Value.of("") : parts.size() == 1 ? parts.getFirst() : Unknown.text(parts);
    }

    private void take(String plain) {
        known.append(plain);
        length += plain.length();
    }

    private void flush() {
        if (!known.isEmpty()) {
            parts.add(Value.of(known.toString()));
            known.setLength(0);
        }
    }

    private void take(Value value) {
        switch (value) {
            case Value.Text plain -> {
                tooMuch |= !variables.fillIn(plain.value().length());
                take(plain.value());
            }
            case Value.Absent absent -> {}
            case Unknown unknown -> {
                flush();
                parts.add(unknown);
                int weight = weight(unknown);
                tooMuch |= !variables.fillIn(weight / REFERENCE);
                length += weight;
            }
            default -> throw new IllegalStateException("a variable holds no text: " + value);
        }
    }

    /** An unknown text may be put together of many parts, each of which is copied along. */
    private static int weight(Unknown unknown) {
        int weight = PART;
        for (var part : unknown.parts()) {
            weight += PART + (part instanceof Value.Text text ? text.value().length() : 0);
        }
        return weight;
    }

    private void dollar() {
        int start = at++;
        if (at < text.length() && text.charAt(at) == '{') {
            int end = closing(at);
            if (end < 0) {
                take(text.substring(start));
                at = text.length();
                return;
            }
            var inside = text.substring(at + 1, end);
            at = end + 1;
            int name = nameEnd(inside, 0);
            take(modified(inside.substring(0, name), inside.substring(name)));
        } else {
            int end = nameEnd(text, at);
            if (end == at) {
                take("$");
            } else {
                take(variables.get(text.substring(at, end)));
                at = end;
            }
        }
    }

    static int nameEnd(String text, int from) {
        int end = from;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == escape) {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** {@code ${name:-word}} and its kin. */
    private Value modified(String name, String modifier) {
        var value = variables.get(name);
        if (modifier.isEmpty()) {
            return value;
        }
        boolean colon = modifier.startsWith(":") && modifier.length() > 1;
        char operator = modifier.charAt(colon ? 1 : 0);
        var word = modifier.substring(colon ? 2 : 1);
        boolean unset =
                value instanceof Unknown ? !variables.mayComeFromBase(name) : colon && value.equals(Value.of(""));
        return switch (operator) {
            case '-' -> unset ? inner(word) : value;
            case '+' ->
                value instanceof Unknown unknown
                        ? Unknown.because(unknown.chain())
                        : unset ? Value.of("") : inner(word);
            case '?' -> value;
            case '#', '%', '/' -> cut(value, modifier);
            default -> Unknown.because("${" + name + modifier + "} is no substitution that BuildKit knows");
        };
    }

    private Value inner(String word) {
        return of(word, escape, variables, depth + 1);
    }

    private Value cut(Value value, String modifier) {
        if (!(value instanceof Value.Text known)) {
            return value;
        }
        char operator = modifier.charAt(0);
        boolean all = modifier.length() > 1 && modifier.charAt(1) == operator;
        var rest = modifier.substring(all ? 2 : 1);
        int slash = operator == '/' ? rest.indexOf('/') : -1;
        var pattern = inner(slash < 0 ? rest : rest.substring(0, slash));
        var replacement = slash < 0 ? Value.of("") : inner(rest.substring(slash + 1));
        if (!(pattern instanceof Value.Text glob) || !(replacement instanceof Value.Text with)) {
            return Unknown.because("${..." + modifier + "} depends on what is not known");
        }
        return Glob.cut(known.value(), glob.value(), operator, all, with.value());
    }
}
