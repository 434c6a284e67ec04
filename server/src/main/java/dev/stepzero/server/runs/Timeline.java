package dev.stepzero.server.runs;

import dev.stepzero.ship.engine.StepRecord;
import dev.stepzero.ship.runs.RunHistory;
import dev.stepzero.ship.runs.RunHistory.Details;
import dev.stepzero.ship.runs.StageTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The stages of a run with their steps against the fifteen minutes, for bars of which the whole is {@link #WIDTH} wide.
 *
 * @param budget where the fifteen minutes end
 */
public record Timeline(List<Row> stages, double budget) {
    public static final int WIDTH = 1_000;
    private static final double NARROWEST = 4;

    public Timeline {
        stages = List.copyOf(stages);
    }

    /** A stage with its steps. */
    public record Row(StageTime stage, List<Bar> steps) {
        public Row {
            steps = List.copyOf(steps);
        }
    }

    /** A step, from where to how far. */
    public record Bar(StepRecord step, Duration took, double x, double width) {}

    public static Timeline of(Details details, Instant now) {
        var whole = Math.max(details.total().toMillis(), RunHistory.BUDGET.toMillis());
        var started = details.run().run().startedAt();
        return new Timeline(
                details.stages().stream()
                        .map(stage -> new Row(
                                stage,
                                details.steps().stream()
                                        .filter(step -> step.stage().equals(stage.stage()))
                                        .map(step -> bar(step, started, now, whole))
                                        .toList()))
                        .toList(),
                at(RunHistory.BUDGET, whole));
    }

    private static Bar bar(StepRecord step, Instant started, Instant now, long whole) {
        var end = step.endedAt();
        var took = between(step.startedAt(), end == null ? now : end);
        var x = Math.min(WIDTH - NARROWEST, at(between(started, step.startedAt()), whole));
        return new Bar(step, took, x, Math.clamp(at(took, whole), NARROWEST, WIDTH - x));
    }

    private static Duration between(Instant from, Instant until) {
        var length = Duration.between(from, until);
        return length.isNegative() ? Duration.ZERO : length;
    }

    private static double at(Duration length, long whole) {
        return Math.round(10.0 * WIDTH * length.toMillis() / whole) / 10.0;
    }
}
