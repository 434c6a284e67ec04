package dev.stepzero.ship;

import dev.stepzero.ship.engine.Pipeline;
import dev.stepzero.ship.engine.Run;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepRecord;
import java.util.function.LongConsumer;

/** Takes down the number of a run before anything of it happens, and lets another one watch. */
record NotedRun(RunListener watcher, LongConsumer note) implements RunListener {
    @Override
    public void runBegins() {
        watcher.runBegins();
    }

    @Override
    public void runStarted(Run run, Pipeline pipeline) {
        note.accept(run.id());
        watcher.runStarted(run, pipeline);
    }

    @Override
    public void stepKept(Step step, StepRecord earlier) {
        watcher.stepKept(step, earlier);
    }

    @Override
    public void stepStarted(Step step) {
        watcher.stepStarted(step);
    }

    @Override
    public void stepOutput(Step step, String line) {
        watcher.stepOutput(step, line);
    }

    @Override
    public void stepEnded(Step step, StepRecord outcome) {
        watcher.stepEnded(step, outcome);
    }

    @Override
    public void runEnded(Run run, RunStatus status) {
        watcher.runEnded(run, status);
    }
}
