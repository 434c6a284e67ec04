package dev.stepzero.scan.terraform.functions;

import java.text.BreakIterator;
import java.util.Locale;

/** What people see as single characters: the unit in which Terraform counts and cuts texts. */
final class Graphemes {
    private Graphemes() {}

    static int count(String text) {
        if (plain(text)) {
            return text.length();
        }
        var breaks = breaks(text);
        int count = 0;
        while (breaks.next() != BreakIterator.DONE) {
            count++;
        }
        return count;
    }

    static String reversed(String text) {
        if (plain(text)) {
            return new StringBuilder(text).reverse().toString();
        }
        var reversed = new StringBuilder(text.length());
        var breaks = breaks(text);
        int end = breaks.last();
        for (int start = breaks.previous(); start != BreakIterator.DONE; start = breaks.previous()) {
            reversed.append(text, start, end);
            end = start;
        }
        return reversed.toString();
    }

    /** @param length how many to take at most; below 0 for all */
    static String part(String text, int from, int length) {
        if (plain(text)) {
            int start = Math.min(from, text.length());
            int end = length < 0 ? text.length() : (int) Math.min((long) start + length, text.length());
            return text.substring(start, end);
        }
        var breaks = breaks(text);
        int start = offset(breaks, from, text);
        return text.substring(start, length < 0 ? text.length() : offset(breaks, length, text));
    }

    private static int offset(BreakIterator breaks, int steps, String text) {
        int offset = breaks.current();
        for (int i = 0; i < steps && offset != BreakIterator.DONE; i++) {
            offset = breaks.next();
        }
        return offset == BreakIterator.DONE ? text.length() : offset;
    }

    private static BreakIterator breaks(String text) {
        var breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
        breaks.setText(text);
        return breaks;
    }

    /** In ASCII only a carriage return joins what follows. */
    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || c == '\r') {
                return false;
            }
        }
        return true;
    }
}
