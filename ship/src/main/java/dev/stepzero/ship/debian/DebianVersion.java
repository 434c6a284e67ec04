package dev.stepzero.ship.debian;

import dev.stepzero.core.UserError;

/**
 * A package's version in the order of Debian Policy, section 5.6.12. Two versions that are written differently may
 * compare as equal ({@code 1.0} and {@code 1.00}).
 *
 * @param text the version as it is written
 */
record DebianVersion(String text) implements Comparable<DebianVersion> {

    DebianVersion {
        if (text.isEmpty() || text.lastIndexOf(':') != text.indexOf(':')) {
            throw UserError.unreadable("'" + text + "' is not the version of a Debian package");
        }
    }

    @Override
    public int compareTo(DebianVersion other) {
        var byEpoch = comparePart(epoch(), other.epoch());
        if (byEpoch != 0) {
            return byEpoch;
        }
        var byUpstream = comparePart(upstream(), other.upstream());
        return byUpstream != 0 ? byUpstream : comparePart(revision(), other.revision());
    }

    private String epoch() {
        var colon = text.indexOf(':');
        return colon < 0 ? "0" : text.substring(0, colon);
    }

    private String upstream() {
        var hyphen = text.lastIndexOf('-');
        return text.substring(text.indexOf(':') + 1, hyphen < 0 ? text.length() : hyphen);
    }

    private String revision() {
        var hyphen = text.lastIndexOf('-');
        return hyphen < 0 ? "0" : text.substring(hyphen + 1);
    }

    private static int comparePart(String left, String right) {
        var l = 0;
        var r = 0;
        while (l < left.length() || r < right.length()) {
            while (nonDigitAt(left, l) || nonDigitAt(right, r)) {
                var difference = weightAt(left, l) - weightAt(right, r);
                if (difference != 0) {
                    return difference;
                }
                l++;
                r++;
            }
            var leftEnd = endOfDigits(left, l);
            var rightEnd = endOfDigits(right, r);
            var difference = compareNumbers(left.substring(l, leftEnd), right.substring(r, rightEnd));
            if (difference != 0) {
                return difference;
            }
            l = leftEnd;
            r = rightEnd;
        }
        return 0;
    }

    private static int compareNumbers(String left, String right) {
        var l = left.replaceFirst("^0+", "");
        var r = right.replaceFirst("^0+", "");
        return l.length() != r.length() ? Integer.compare(l.length(), r.length()) : l.compareTo(r);
    }

    /** A tilde sorts before the end, the end (and a digit) before letters, letters before everything else. */
    private static int weightAt(String part, int index) {
        if (index >= part.length() || digitAt(part, index)) {
            return 0;
        }
        var c = part.charAt(index);
        if (c == '~') {
            return -1;
        }
        return Character.isLetter(c) ? c : c + 256;
    }

    private static boolean nonDigitAt(String part, int index) {
        return index < part.length() && !digitAt(part, index);
    }

    private static boolean digitAt(String part, int index) {
        return index < part.length() && part.charAt(index) >= '0' && part.charAt(index) <= '9';
    }

    private static int endOfDigits(String part, int from) {
        var end = from;
        while (digitAt(part, end)) {
            end++;
        }
        return end;
    }
}
