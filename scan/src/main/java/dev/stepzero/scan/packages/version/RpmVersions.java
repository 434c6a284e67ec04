package dev.stepzero.scan.packages.version;

/**
 * The order of RPM: {@code epoch:version-release}, each part by {@code rpmvercmp}. A missing epoch is zero, and a missing
 * release comes before every other.
 */
final class RpmVersions implements VersionScheme {

    @Override
    public int compare(String one, String other) throws InvalidVersion {
        var a = Parts.of(one);
        var b = Parts.of(other);
        int byEpoch = Digits.compare(a.epoch, b.epoch);
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byVersion = compareParts(a.version, b.version);
        if (byVersion != 0) {
            return byVersion;
        }
        return a.released == b.released ? compareParts(a.release, b.release) : Boolean.compare(a.released, b.released);
    }

    /** Segments of digits and of letters in turn; other characters only separate, but for a tilde and a caret. */
    private static int compareParts(String one, String other) {
        int a = 0;
        int b = 0;
        while (true) {
            a = segment(one, a);
            b = segment(other, b);
            char c = at(one, a);
            char d = at(other, b);
            if (c == '~' || d == '~' || c == '^' || d == '^') {
                int difference = compareMarks(c, d);
                if (difference != 0) {
                    return difference;
                }
                a++;
                b++;
                continue;
            }
            if (c == 0 || d == 0) {
                return Boolean.compare(c != 0, d != 0);
            }
            boolean number = Digits.is(c);
            int aEnd = number ? Digits.end(one, a) : letters(one, a);
            int bEnd = number ? Digits.end(other, b) : letters(other, b);
            if (b == bEnd) {
                return number ? 1 : -1;
            }
            int difference = number
                    ? Digits.compare(one, a, aEnd, other, b, bEnd)
                    : one.substring(a, aEnd).compareTo(other.substring(b, bEnd));
            if (difference != 0) {
                return difference;
            }
            a = aEnd;
            b = bEnd;
        }
    }

    /** A tilde comes before the end; a caret after it, but before any other segment. */
    private static int compareMarks(char c, char d) {
        return Integer.compare(mark(c), mark(d));
    }

    private static int mark(char c) {
        return switch (c) {
            case '~' -> 0;
            case 0 -> 1;
            case '^' -> 2;
            default -> 3;
        };
    }

    private static int segment(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Digits.is(c) || letter(c) || c == '~' || c == '^') {
                break;
            }
            at++;
        }
        return at;
    }

    private static int letters(String text, int from) {
        int end = from;
        while (end < text.length() && letter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static char at(String text, int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private record Parts(String epoch, String version, boolean released, String release) {
        static Parts of(String raw) throws InvalidVersion {
            var text = raw.strip();
            int colon = Digits.end(text, 0);
            boolean hasEpoch = colon < text.length() && text.charAt(colon) == ':';
            int start = hasEpoch ? colon + 1 : 0;
            if (start == text.length()) {
                throw new InvalidVersion(raw);
            }
            int hyphen = text.lastIndexOf('-');
            boolean released = hyphen >= start;
            return new Parts(
                    hasEpoch ? text.substring(0, colon) : "",
                    text.substring(start, released ? hyphen : text.length()),
                    released,
                    released ? text.substring(hyphen + 1) : "");
        }
    }
}
