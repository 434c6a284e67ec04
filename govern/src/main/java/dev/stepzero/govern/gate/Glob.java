package dev.stepzero.govern.gate;

/**
 * A pattern in which {@code *} stands for any characters, also none and also slashes, and {@code ?} for exactly one.
 * There is no escape. A match takes at most as many steps as pattern and text have characters, multiplied.
 */
final class Glob {
    private final int[] pattern;

    Glob(String pattern) {
        this.pattern = pattern.codePoints().toArray();
    }

    /** Whether the pattern covers the whole text. */
    boolean matches(String text) {
        var characters = text.codePoints().toArray();
        var p = 0;
        var t = 0;
        var star = -1;
        var starCovers = 0;
        while (t < characters.length) {
            if (p < pattern.length && pattern[p] == '*') {
                star = p++;
                starCovers = t;
            } else if (p < pattern.length && (pattern[p] == '?' || pattern[p] == characters[t])) {
                p++;
                t++;
            } else if (star >= 0) {
                // Only the last star can have taken too little: whatever an earlier one could take, this one can too.
                p = star + 1;
                t = ++starCovers;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }
}
