package dev.stepzero.scan.packages.go;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a {@code go.mod}.
 *
 * @param words what stands before the comment, without quotes
 * @param indirect whether the comment says that the module is only asked for by others
 */
record GoModLine(List<String> words, boolean indirect) {

    static GoModLine of(String line) {
        var words = new ArrayList<String>();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (line.startsWith("//", at)) {
                var comment = line.substring(at + 2).strip();
                return new GoModLine(words, comment.equals("indirect") || comment.startsWith("indirect;"));
            } else {
                int end = c == '"' || c == '`' ? closing(line, at) : wordEnd(line, at);
                words.add(unquoted(line.substring(at, end)));
                at = end;
            }
        }
        return new GoModLine(words, false);
    }

    private static int closing(String line, int quote) {
        int end = line.indexOf(line.charAt(quote), quote + 1);
        return end < 0 ? line.length() : end + 1;
    }

    private static int wordEnd(String line, int from) {
        int end = from;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end)) && !line.startsWith("//", end)) {
            end++;
        }
        return end;
    }

    private static String unquoted(String word) {
        char first = word.charAt(0);
        boolean quoted = word.length() > 1 && (first == '"' || first == '`') && word.charAt(word.length() - 1) == first;
        return quoted ? word.substring(1, word.length() - 1) : word;
    }
}
