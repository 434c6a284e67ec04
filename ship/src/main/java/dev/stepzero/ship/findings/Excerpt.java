package dev.stepzero.ship.findings;

import dev.stepzero.core.Location;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The code around a finding.
 *
 * @param lines at most forty; none is longer than 300 characters
 */
public record Excerpt(List<Line> lines) {
    private static final int AROUND = 5;
    private static final int MOST_LINES = 40;
    private static final int LONGEST = 300;
    private static final int LOOKED_AT = 8_000;

    public Excerpt {
        lines = List.copyOf(lines);
    }

    /**
     * A line of the file.
     *
     * @param number counts from 1
     * @param meant whether the finding points at it
     */
    public record Line(int number, String text, boolean meant) {}

    /** The part of a file that a location points at; empty for a file that is no text, or has no such line. */
    static Optional<Excerpt> of(byte[] file, Location location) {
        var line = location.line();
        if (line.isEmpty() || !isText(file)) {
            return Optional.empty();
        }
        var first = line.getAsInt();
        var last = Math.max(first, location.endLine());
        var from = Math.max(1, first - AROUND);
        var to = (int) Math.min(from + MOST_LINES - 1L, last + (long) AROUND);
        var found = new ArrayList<Line>();
        var number = 0;
        var texts =
                new String(file, StandardCharsets.UTF_8).lines().skip(from - 1L).limit(to - from + 1L);
        for (var text : (Iterable<String>) texts::iterator) {
            var at = from + number++;
            found.add(new Line(at, cut(text), at >= first && at <= last));
        }
        return found.stream().anyMatch(Line::meant) ? Optional.of(new Excerpt(found)) : Optional.empty();
    }

    private static boolean isText(byte[] file) {
        for (var i = 0; i < Math.min(file.length, LOOKED_AT); i++) {
            if (file[i] == 0) {
                return false;
            }
        }
        return true;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
