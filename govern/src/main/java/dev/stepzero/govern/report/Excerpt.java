package dev.stepzero.govern.report;

import dev.stepzero.core.Location;
import java.util.ArrayList;
import java.util.List;

/**
 * A few lines of a source around the place that a finding points at.
 *
 * @param firstLine the number of the first of them
 * @param marked the number of the line that is wrong
 * @param lines safe to be shown, without the blanks that all of them begin with
 */
record Excerpt(int firstLine, int marked, List<String> lines) {
    private static final int MOST_LINES = 7;
    private static final int MOST_CHARACTERS = 400;

    /** Empty where the place has no lines that could be shown. */
    static Excerpt of(Location location, SourceLines sources) {
        var line = location.startLine();
        if (line <= 0 || location.file().isEmpty()) {
            return new Excerpt(0, 0, List.of());
        }
        var height = Math.max(1, location.endLine() - line + 1);
        var before = height >= MOST_LINES - 1 ? 1 : 2;
        var first = Math.max(1, line - before);
        var last = Math.min(first + MOST_LINES - 1, Math.max(line + 2, location.endLine() + 1));
        var lines = new ArrayList<String>();
        for (var each : sources.lines(location.file().get(), first, last)) {
            lines.add(Shown.line(Words.cut(each, MOST_CHARACTERS)).stripTrailing());
        }
        // A finding that points below its file's end points at nothing that could be shown.
        return line - first < lines.size() ? new Excerpt(first, line, dedented(lines)) : new Excerpt(0, 0, List.of());
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    int lastLine() {
        return firstLine + lines.size() - 1;
    }

    private static List<String> dedented(List<String> lines) {
        var margin = Integer.MAX_VALUE;
        for (var line : lines) {
            if (!line.isEmpty()) {
                margin = Math.min(margin, line.length() - line.stripLeading().length());
            }
        }
        var cut = new ArrayList<String>(lines.size());
        for (var line : lines) {
            cut.add(line.isEmpty() ? line : line.substring(margin));
        }
        return cut;
    }
}
