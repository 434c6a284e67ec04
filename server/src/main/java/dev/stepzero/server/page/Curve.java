package dev.stepzero.server.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A small line over time, for a picture of {@link #WIDTH} by {@link #HEIGHT}.
 *
 * @param values from left to right; null where there is none
 */
public record Curve(List<@Nullable Double> values) {
    public static final int WIDTH = 200;
    public static final int HEIGHT = 48;
    private static final int MARGIN = 4;

    public Curve {
        values = java.util.Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** Whether there is enough for a line. */
    public boolean isDrawn() {
        return points().size() > 1;
    }

    /** A point of the line, in the picture's measure. */
    public record Point(double x, double y) {}

    /** The points for which there are values. */
    public List<Point> points() {
        var most = values.stream()
                .filter(value -> value != null)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        var step = values.size() < 2 ? 0 : (WIDTH - 2.0 * MARGIN) / (values.size() - 1);
        var points = new ArrayList<Point>();
        for (var i = 0; i < values.size(); i++) {
            var value = values.get(i);
            if (value != null) {
                var height = most == 0 ? 0 : value / most * (HEIGHT - 2.0 * MARGIN);
                points.add(new Point(MARGIN + i * step, HEIGHT - MARGIN - height));
            }
        }
        return points;
    }

    /** As SVG writes a line. */
    public String line() {
        return points().stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point.x(), point.y()))
                .collect(Collectors.joining(" "));
    }
}
