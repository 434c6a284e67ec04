package dev.stepzero.scan.code.pattern.language;

import java.util.function.IntPredicate;

/** Writes the holes of a pattern as names that every grammar takes. Text literals are left alone. */
final class Holes {
    private Holes() {}

    /**
     * @param rest what {@code ...} becomes
     * @param isSpread whether {@code ...} before such a character means something in the language itself
     */
    static String named(String pattern, String rest, IntPredicate isSpread) {
        var out = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '"' || c == '\'' || c == '`') {
                int end = end(pattern, at);
                out.append(pattern, at, end);
                at = end;
            } else if (pattern.startsWith("...", at)
                    && !(at + 3 < pattern.length() && isSpread.test(pattern.charAt(at + 3)))) {
                out.append(rest);
                at += 3;
            } else if (c == '$' && at + 1 < pattern.length() && isHole(pattern.charAt(at + 1))) {
                out.append(Language.HOLE);
                at++;
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }

    /** Other names with a dollar are names: JavaScript has {@code $where}. */
    private static boolean isHole(char first) {
        return first == '_' || Character.isUpperCase(first);
    }

    private static int end(String pattern, int start) {
        char quote = pattern.charAt(start);
        for (int i = start + 1; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '\\') {
                i++;
            } else if (pattern.charAt(i) == quote) {
                return i + 1;
            }
        }
        return pattern.length();
    }
}
