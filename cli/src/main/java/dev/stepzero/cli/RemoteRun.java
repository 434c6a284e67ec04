package dev.stepzero.cli;

import dev.stepzero.cli.remote.Facts;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.engine.StepRecord;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Tells a view what a server says of a run, as if it were a run of this machine. */
final class RemoteRun {
    private final RunView view;
    private final Map<String, Shown> steps = new HashMap<>();
    private long lastLine;

    RemoteRun(RunView view) {
        this.view = view;
    }

    /** A step as it was shown. */
    private record Shown(Step step, int attempt, boolean isOver) {}

    /** A step that somebody else does. */
    private record Elsewhere(String name, Stage stage) implements Step {
        @Override
        public void run(StepContext context) {
            throw new IllegalStateException("the server runs it");
        }
    }

    /** The last line of the log that was shown. */
    long lastLine() {
        return lastLine;
    }

    /** Shows what steps wrote. */
    void lines(String id, JsonNode lines) {
        for (var line : lines) {
            Optional.ofNullable(steps.get(line.path(0).asString("")))
                    .ifPresent(shown -> view.stepOutput(
                            shown.step(), line.path(1).asString("").replaceAll("\\p{Cntrl}", " ")));
        }
        if (id.matches("[0-9]{1,18}")) {
            lastLine = Long.parseLong(id);
        }
    }

    /** Shows what steps began and ended; answers whether the run is over. */
    boolean update(JsonNode run) {
        Facts.steps(run).forEach(this::update);
        return Facts.run(run.path("run")).status() != RunStatus.RUNNING;
    }

    private void update(StepRecord now) {
        var before = Optional.ofNullable(steps.get(now.name())).filter(shown -> shown.attempt() == now.attempt());
        var step = before.map(Shown::step).orElseGet(() -> new Elsewhere(now.name(), stage(now)));
        var isOver = now.status() != RunStatus.RUNNING;
        if (before.isEmpty()) {
            view.stepStarted(step);
        }
        if (isOver && before.filter(Shown::isOver).isEmpty()) {
            view.stepEnded(step, now);
        }
        steps.put(now.name(), new Shown(step, now.attempt(), isOver));
    }

    private static Stage stage(StepRecord step) {
        return Stage.valueOf(step.stage().toUpperCase(Locale.ROOT));
    }
}
