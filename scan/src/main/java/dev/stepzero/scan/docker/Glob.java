package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;

/** Patterns with {@code *} and {@code ?} that cut a variable's value. */
final class Glob {
    private static final int LONGEST = 300;

    private Glob() {}

    static Value cut(String value, String pattern, char operator, boolean longest, String replacement) {
        if (value.length() > LONGEST || pattern.length() > LONGEST) {
            return Unknown.because("its pattern is not tried on more than " + LONGEST + " characters");
        }
        return Value.of(
                switch (operator) {
                    case '#' -> value.substring(Math.max(0, prefix(value, 0, pattern, longest)));
                    case '%' -> value.substring(0, suffix(value, pattern, longest));
                    default -> replaced(value, pattern, longest, replacement);
                });
    }

    private static int prefix(String value, int from, String pattern, boolean longest) {
        int found = -1;
        for (int end = from; end <= value.length() && (longest || found < 0); end++) {
            if (matches(value.substring(from, end), pattern)) {
                found = end;
            }
        }
        return found;
    }

    private static int suffix(String value, String pattern, boolean longest) {
        int found = -1;
        for (int start = value.length(); start >= 0 && (longest || found < 0); start--) {
            if (matches(value.substring(start), pattern)) {
                found = start;
            }
        }
        return found < 0 ? value.length() : found;
    }

    private static String replaced(String value, String pattern, boolean all, String replacement) {
        var replaced = new StringBuilder();
        int at = 0;
        boolean more = !pattern.isEmpty();
        while (at < value.length()) {
            int end = more ? prefix(value, at, pattern, true) : -1;
            if (end > at) {
                replaced.append(replacement);
                at = end;
                more = all;
            } else {
                replaced.append(value.charAt(at++));
            }
        }
        return replaced.toString();
    }

    private static boolean matches(String value, String pattern) {
        int v = 0;
        int p = 0;
        int star = -1;
        int retry = 0;
        while (v < value.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = v;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == value.charAt(v))) {
                p++;
                v++;
            } else if (star >= 0) {
                p = star + 1;
                v = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
