package dev.stepzero.cli;

import java.util.ArrayList;
import java.util.List;

/** A text in lines of at most so many characters, broken between words; a longer word has a line of its own. */
final class Wrapped {
    private Wrapped() {}

    static List<String> at(int width, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return List.copyOf(lines);
    }
}
