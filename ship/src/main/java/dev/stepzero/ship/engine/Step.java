package dev.stepzero.ship.engine;

import java.util.Optional;
import java.util.Set;

/**
 * One step of a pipeline. It runs when everything that it needs was given. It must be repeatable: after a
 * {@code kill -9} the same step runs again from its beginning, in a new process.
 */
public interface Step {

    /** Unique in a pipeline, such as {@code test}. */
    String name();

    Stage stage();

    default Set<Slot<?>> needs() {
        return Set.of();
    }

    default Set<Slot<?>> gives() {
        return Set.of();
    }

    /**
     * Whether what this step gave in an earlier process is still there, such as a file that a value names. A step whose
     * result is gone runs again when a cut run is resumed.
     */
    default boolean stillHolds(StepContext context) {
        return true;
    }

    /** Where a user declared the step, as {@code file:line}; empty for a step of Stepzero's own. */
    default Optional<String> declaredAt() {
        return Optional.empty();
    }

    /**
     * Does the work.
     *
     * @throws dev.stepzero.core.UserError if the change or its surroundings are at fault: ends the run
     * @throws InterruptedException if the run was cancelled
     * @throws Exception for any other failure, which is a fault of Stepzero's own
     */
    void run(StepContext context) throws Exception;
}
