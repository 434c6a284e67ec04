package dev.stepzero.scan.packages.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The order that setuptools had before PEP 440: words and numbers in turn, where words come before the end and the end
 * before numbers, and some words have ranks. Unlike setuptools, which filled numbers up to eight digits and compared them
 * as text, numbers of any length are compared as numbers.
 */
final class LegacyPythonVersion {
    private static final String END = "*final";
    private static final String HYPHEN = "*final-";

    private LegacyPythonVersion() {}

    static int compare(String one, String other) {
        var a = parts(one.strip().toLowerCase(Locale.ROOT));
        var b = parts(other.strip().toLowerCase(Locale.ROOT));
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int difference = comparePart(a.get(i), b.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    /** A star comes before every digit, so words come before numbers. */
    private static int comparePart(String one, String other) {
        boolean numbers = Digits.is(one.charAt(0)) && Digits.is(other.charAt(0));
        return numbers ? Digits.compare(one, other) : one.compareTo(other);
    }

    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            int end = end(text, at);
            add(parts, text.substring(at, end));
            at = end;
        }
        add(parts, "final");
        return parts;
    }

    private static int end(String text, int from) {
        int kind = kind(text.charAt(from));
        int end = from + 1;
        while (kind != DOT_OR_HYPHEN && end < text.length() && kind(text.charAt(end)) == kind) {
            end++;
        }
        return end;
    }

    private static final int DOT_OR_HYPHEN = 0;

    private static int kind(char c) {
        if (c == '.' || c == '-') {
            return DOT_OR_HYPHEN;
        }
        if (Digits.is(c)) {
            return 1;
        }
        return c >= 'a' && c <= 'z' ? 2 : 3;
    }

    private static void add(List<String> parts, String raw) {
        if (raw.equals(".")) {
            return;
        }
        if (Digits.is(raw.charAt(0))) {
            parts.add(raw);
            return;
        }
        var part = "*"
                + switch (raw) {
                    case "pre", "preview", "rc" -> "c";
                    case "-" -> "final-";
                    case "dev" -> "@";
                    default -> raw;
                };
        if (part.compareTo(END) < 0) {
            while (!parts.isEmpty() && parts.getLast().equals(HYPHEN)) {
                parts.removeLast();
            }
        }
        while (!parts.isEmpty() && isZero(parts.getLast())) {
            parts.removeLast();
        }
        parts.add(part);
    }

    private static boolean isZero(String part) {
        return Digits.is(part.charAt(0)) && Digits.zero(part, 0, part.length());
    }
}
