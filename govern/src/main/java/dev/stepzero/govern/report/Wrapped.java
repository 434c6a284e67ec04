package dev.stepzero.govern.report;

import java.util.ArrayList;
import java.util.List;

/** A text in lines of at most so many columns, broken between words, and within those that are longer than a line. */
final class Wrapped {
    private Wrapped() {}

    static List<String> at(int width, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        var used = 0;
        for (var start = 0; start <= text.length(); ) {
            var blank = text.indexOf(' ', start);
            var end = blank < 0 ? text.length() : blank;
            var word = text.substring(start, end);
            var columns = Columns.of(word);
            if (used > 0 && used + 1 + columns > width) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            if (used > 0) {
                line.append(' ');
                used++;
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
            start = end + 1;
        }
        lines.add(line.toString());
        return lines;
    }
}
