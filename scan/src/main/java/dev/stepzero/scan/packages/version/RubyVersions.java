package dev.stepzero.scan.packages.version;

import java.util.ArrayList;
import java.util.List;

/**
 * The order of RubyGems' {@code Gem::Version}: numbers and words in turn, words before numbers, so that a letter makes a
 * pre-release; a hyphen stands for {@code .pre.}; zeros at the end of the numbers before the first word, and at the end,
 * count for nothing.
 */
final class RubyVersions implements VersionScheme {
    private static final String ZERO = "0";

    @Override
    public int compare(String one, String other) throws InvalidVersion {
        var a = segments(one);
        var b = segments(other);
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int difference = compareSegments(i < a.size() ? a.get(i) : ZERO, i < b.size() ? b.get(i) : ZERO);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int compareSegments(String one, String other) {
        boolean number = Digits.is(one.charAt(0));
        boolean otherNumber = Digits.is(other.charAt(0));
        if (number && otherNumber) {
            return Digits.compare(one, other);
        }
        return number || otherNumber ? Boolean.compare(number, otherNumber) : one.compareTo(other);
    }

    private static List<String> segments(String raw) throws InvalidVersion {
        var text = raw.strip();
        if (!text.isEmpty()) {
            requireGrammar(raw, text);
        }
        var segments = new ArrayList<String>();
        boolean inNumbers = true;
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at);
            int end = Digits.is(c) ? Digits.end(text, at) : letters(text, at);
            if (end == at) {
                if (c == '-') {
                    inNumbers = withoutZeros(segments, inNumbers, "pre");
                }
                at++;
                continue;
            }
            var segment = text.substring(at, end);
            if (Digits.is(c)) {
                segments.add(segment);
            } else {
                inNumbers = withoutZeros(segments, inNumbers, segment);
            }
            at = end;
        }
        dropZeros(segments);
        return segments;
    }

    /** Adds a word; before the first one, zeros at the end of the numbers go. */
    private static boolean withoutZeros(List<String> segments, boolean inNumbers, String word) {
        if (inNumbers) {
            dropZeros(segments);
        }
        segments.add(word);
        return false;
    }

    private static void dropZeros(List<String> segments) {
        while (!segments.isEmpty() && Digits.is(segments.getLast().charAt(0))) {
            var last = segments.getLast();
            if (!Digits.zero(last, 0, last.length())) {
                return;
            }
            segments.removeLast();
        }
    }

    /** Parts of letters and digits between dots, the first with a digit; after the first hyphen, hyphens too. */
    private static void requireGrammar(String raw, String text) throws InvalidVersion {
        boolean hyphens = false;
        boolean open = !Digits.is(text.charAt(0));
        for (int at = open ? text.length() : 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean separator = c == '.' || (c == '-' && !hyphens);
            if (separator ? open : !alphanumeric(c, hyphens)) {
                throw new InvalidVersion(raw);
            }
            open = separator;
            hyphens |= c == '-';
        }
        if (open) {
            throw new InvalidVersion(raw);
        }
    }

    private static boolean alphanumeric(char c, boolean hyphens) {
        return Digits.is(c) || letter(c) || (hyphens && c == '-');
    }

    private static int letters(String text, int from) {
        int end = from;
        while (end < text.length() && letter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
