package dev.stepzero.govern.report;

import java.util.ArrayList;
import java.util.List;

/** A text in lines of at most so many columns, broken between words, and within those that are longer than a line. */
public final class Wrapped {
    private Wrapped() {}

    /** The lines, at least one; a width is in columns of a terminal. */
    public static List<String> at(int width, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        var used = 0;
        for (var start = 0; start <= text.length(); ) {
            var blank = text.indexOf(' ', start);
            var end = blank < 0 ? text.length() : blank;
            var word = text.substring(start, end);
            var columns = Columns.of(word);
            start = end + 1;
            if (used > 0 && used + 1 + columns > width) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            if (used > 0) {
                line.append(' ');
                used++;
            }
            if (used + columns <= width) {
                line.append(word);
                used += columns;
                continue;
            }
            for (var i = 0; i < word.length(); ) {
                var character = word.codePointAt(i);
                if (used + Columns.of(character) > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                    used = 0;
                }
                line.appendCodePoint(character);
                used += Columns.of(character);
                i += Character.charCount(character);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
