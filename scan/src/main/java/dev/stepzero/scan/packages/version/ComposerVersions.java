package dev.stepzero.scan.packages.version;

import java.util.ArrayList;
import java.util.List;

/**
 * The order of PHP's {@code version_compare}, which Packagist's advisories go by, without a leading {@code v}. Numbers and
 * words take turns; {@code dev}, alpha, beta and RC come before the version without them, {@code pl} after all that may
 * follow it, and unknown words, such as those of branches ({@code dev-main}, {@code foo}), before everything.
 */
final class ComposerVersions implements VersionScheme {
    private static final int END = 4;
    private static final int NUMBER = 5;

    @Override
    public int compare(String one, String other) throws InvalidVersion {
        var a = parts(one);
        var b = parts(other);
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            var part = i < a.size() ? a.get(i) : "";
            var others = i < b.size() ? b.get(i) : "";
            int rank = rank(part);
            int otherRank = rank(others);
            int difference = rank == NUMBER && otherRank == NUMBER ? Digits.compare(part, others) : rank - otherRank;
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    /** Parts begin after everything that is neither digit nor letter, and between digits and letters. */
    private static List<String> parts(String raw) throws InvalidVersion {
        var text = raw.strip();
        if (text.isEmpty() || text.indexOf('#') >= 0) {
            throw new InvalidVersion(raw);
        }
        var parts = new ArrayList<String>();
        int at = text.charAt(0) == 'v' || text.charAt(0) == 'V' ? 1 : 0;
        while (at < text.length()) {
            boolean digits = Digits.is(text.charAt(at));
            int end = digits ? Digits.end(text, at) : lettersEnd(text, at);
            if (end > at) {
                parts.add(text.substring(at, end));
            }
            at = Math.max(end, at + 1);
        }
        return parts;
    }

    private static int lettersEnd(String text, int from) {
        int end = from;
        while (end < text.length() && letter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static int rank(String part) {
        if (part.isEmpty()) {
            return END;
        }
        if (Digits.is(part.charAt(0))) {
            return NUMBER;
        }
        if (part.startsWith("dev")) {
            return 0;
        }
        if (part.startsWith("RC") || part.startsWith("rc")) {
            return 3;
        }
        return switch (part.charAt(0)) {
            case 'a' -> 1;
            case 'b' -> 2;
            case 'p' -> 6;
            default -> -1;
        };
    }
}
