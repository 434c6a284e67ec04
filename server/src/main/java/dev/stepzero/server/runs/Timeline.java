package dev.stepzero.server.runs;

import dev.stepzero.ship.runs.RunHistory;
import dev.stepzero.ship.runs.RunHistory.Details;
import dev.stepzero.ship.runs.StageTime;
import java.time.Duration;
import java.util.List;

/**
 * The stages of a run against the fifteen minutes, for a picture that is {@link #WIDTH} wide.
 *
 * @param budget where the fifteen minutes end
 */
public record Timeline(List<Bar> bars, double budget) {
    public static final int WIDTH = 1_000;
    private static final double NARROWEST = 2;

    public Timeline {
        bars = List.copyOf(bars);
    }

    /** A stage, from where to how far. */
    public record Bar(StageTime stage, double x, double width) {}

    public static Timeline of(Details details) {
        var whole = max(details.total(), RunHistory.BUDGET).toMillis();
        return new Timeline(
                details.stages().stream()
                        .map(stage -> new Bar(
                                stage, at(stage.afterStart(), whole), Math.max(NARROWEST, at(stage.took(), whole))))
                        .toList(),
                at(RunHistory.BUDGET, whole));
    }

    private static double at(Duration length, long whole) {
        return Math.round(10.0 * WIDTH * length.toMillis() / whole) / 10.0;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
