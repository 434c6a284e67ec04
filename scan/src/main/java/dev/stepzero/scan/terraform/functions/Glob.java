package dev.stepzero.scan.terraform.functions;

import java.util.ArrayList;
import java.util.List;

/** A pattern of {@code fileset}: {@code *}, {@code ?}, {@code [a-z]}, {@code {a,b}}, and {@code **} for any directories. */
final class Glob {
    private static final int MOST_ALTERNATIVES = 64;

    private final List<String[]> alternatives = new ArrayList<>();

    private Glob() {}

    static Glob of(String pattern) {
        var glob = new Glob();
        glob.expand(pattern);
        return glob;
    }

    private void expand(String pattern) {
        int open = pattern.indexOf('{');
        int close = pattern.indexOf('}', Math.max(open, 0));
        if (open < 0 || close < 0) {
            if (alternatives.size() >= MOST_ALTERNATIVES) {
                throw new FunctionError("the pattern has more than %d alternatives".formatted(MOST_ALTERNATIVES));
            }
            alternatives.add(pattern.split("/", -1));
            return;
        }
        for (var choice : pattern.substring(open + 1, close).split(",", -1)) {
            expand(pattern.substring(0, open) + choice + pattern.substring(close + 1));
        }
    }

    boolean matches(String path) {
        var parts = path.split("/", -1);
        for (var alternative : alternatives) {
            if (matches(alternative, parts)) {
                return true;
            }
        }
        return false;
    }

    /** Row by row, so that many {@code **} cost no more than one. */
    private static boolean matches(String[] pattern, String[] parts) {
        var reached = new boolean[parts.length + 1];
        reached[0] = true;
        for (var step : pattern) {
            var next = new boolean[parts.length + 1];
            var any = step.equals("**");
            for (int i = 0; i <= parts.length; i++) {
                if (any) {
                    next[i] = reached[i] || (i > 0 && next[i - 1]);
                } else {
                    next[i] = i > 0 && reached[i - 1] && part(step, parts[i - 1]);
                }
            }
            reached = next;
        }
        return reached[parts.length];
    }

    /** A star that fails takes one character more: only the last star is ever tried again. */
    private static boolean part(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int mark = 0;
        while (n < name.length()) {
            int width = p < pattern.length() && pattern.charAt(p) != '*' ? step(pattern, p, name.charAt(n)) : 0;
            if (width > 0) {
                p += width;
                n++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = n;
            } else if (star >= 0) {
                p = star + 1;
                n = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** How many characters of the pattern took the one of the name; 0 where they do not match. */
    private static int step(String pattern, int at, char c) {
        char expected = pattern.charAt(at);
        if (expected == '?') {
            return 1;
        }
        if (expected == '\\' && at + 1 < pattern.length()) {
            return pattern.charAt(at + 1) == c ? 2 : 0;
        }
        int close = expected == '[' ? pattern.indexOf(']', at + 2) : -1;
        if (close < 0) {
            return expected == c ? 1 : 0;
        }
        var negated = pattern.charAt(at + 1) == '^' || pattern.charAt(at + 1) == '!';
        var found = false;
        for (int i = negated ? at + 2 : at + 1; i < close; i++) {
            if (i + 2 < close && pattern.charAt(i + 1) == '-') {
                found |= c >= pattern.charAt(i) && c <= pattern.charAt(i + 2);
                i += 2;
            } else {
                found |= c == pattern.charAt(i);
            }
        }
        return found != negated ? close - at + 1 : 0;
    }
}
