package dev.stepzero.ship.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that somebody who mistyped probably meant: the one with the least Damerau-Levenshtein distance. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /** Empty when no word is near: more than a third of its letters, and more than two, would have to change. */
    public static Optional<String> to(String typed, Collection<String> words) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        var lower = typed.toLowerCase(Locale.ROOT);
        return words.stream()
                .min(Comparator.comparingInt(word -> distance(lower, word.toLowerCase(Locale.ROOT))))
                .filter(word -> distance(lower, word.toLowerCase(Locale.ROOT)) <= Math.max(2, word.length() / 3));
    }

    private static int distance(String a, String b) {
        var rows = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, rows);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] rows) {
        var same = a.charAt(i - 1) == b.charAt(j - 1);
        var best = Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
        var swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
    }
}
