package dev.stepzero.scan.docker;

import java.util.ArrayList;
import java.util.List;

/** Splits an instruction's arguments at blanks that stand in no quotes. */
final class Words {
    private static final int MOST = 100_000;

    private Words() {}

    /** A word with its quotes, and where it begins. */
    record Raw(String text, int offset) {}

    static List<Raw> split(String text, char escape) {
        var words = new ArrayList<Raw>();
        int at = 0;
        while (at < text.length() && words.size() < MOST) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                int end = end(text, at, escape);
                words.add(new Raw(text.substring(at, end), at));
                at = end;
            }
        }
        return words;
    }

    /** Where the word ends that begins at an offset. */
    static int end(String text, int from, char escape) {
        char quote = 0;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == escape && quote != '\'') {
                at++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (Character.isWhitespace(c)) {
                return at;
            }
            at++;
        }
        return text.length();
    }

    /** A word without its quotes; variables stay as they are. */
    static String unquote(String word, char escape) {
        if (word.indexOf('"') < 0 && word.indexOf('\'') < 0 && word.indexOf(escape) < 0) {
            return word;
        }
        var plain = new StringBuilder(word.length());
        char quote = 0;
        for (int at = 0; at < word.length(); at++) {
            char c = word.charAt(at);
            if (c == escape && quote != '\'' && at + 1 < word.length()) {
                char escaped = word.charAt(++at);
                if (quote == '"' && escaped != '"' && escaped != '$' && escaped != escape) {
                    plain.append(c);
                }
                plain.append(escaped);
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
