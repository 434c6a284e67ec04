package dev.stepzero.scan.packages.version;

/** Runs of digits within a text, compared as numbers of any length without ever making a number of them. */
final class Digits {
    private Digits() {}

    static boolean is(char c) {
        return c >= '0' && c <= '9';
    }

    /** Where the run of digits that begins at an index ends; the index itself where there is none. */
    static int end(String text, int from) {
        int end = from;
        while (end < text.length() && is(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether a part of a text has digits and nothing else. */
    static boolean only(String text, int from, int to) {
        return from < to && end(text, from) >= to;
    }

    /** Compares two runs of digits as numbers; an empty one is zero. */
    static int compare(String one, int from, int to, String other, int otherFrom, int otherTo) {
        int a = withoutZeros(one, from, to);
        int b = withoutZeros(other, otherFrom, otherTo);
        if (to - a != otherTo - b) {
            return Integer.compare(to - a, otherTo - b);
        }
        for (; a < to; a++, b++) {
            if (one.charAt(a) != other.charAt(b)) {
                return Character.compare(one.charAt(a), other.charAt(b));
            }
        }
        return 0;
    }

    /** The same for texts that are a run of digits as a whole. */
    static int compare(String one, String other) {
        return compare(one, 0, one.length(), other, 0, other.length());
    }

    /** Whether a run of digits is zero. */
    static boolean zero(String text, int from, int to) {
        return withoutZeros(text, from, to) == to;
    }

    private static int withoutZeros(String text, int from, int to) {
        int start = from;
        while (start < to && text.charAt(start) == '0') {
            start++;
        }
        return start;
    }
}
