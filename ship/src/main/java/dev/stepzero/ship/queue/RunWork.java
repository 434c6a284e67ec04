package dev.stepzero.ship.queue;

import dev.stepzero.ship.Shipped;
import dev.stepzero.ship.engine.RunListener;

/** Does what a request asks for. It must be repeatable: after a {@code kill -9} another server does it again. */
@FunctionalInterface
public interface RunWork {

    /**
     * Runs the pipeline, or goes on with the open run of an equal key.
     *
     * @param listener is told of the run
     * @throws dev.stepzero.core.UserError if no run can be made of it, or its surroundings fail
     * @throws InterruptedException if it was cancelled before a run began
     */
    Shipped run(RunRequest request, RunListener listener) throws InterruptedException;
}
