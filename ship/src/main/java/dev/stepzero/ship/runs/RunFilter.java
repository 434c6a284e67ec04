package dev.stepzero.ship.runs;

import dev.stepzero.ship.engine.RunStatus;
import java.util.Optional;

/**
 * Which runs a list shows. Empty parts leave out nothing.
 *
 * @param ref the full name of a ref
 * @param requestedBy who asked
 */
public record RunFilter(
        Optional<String> project,
        Optional<String> environment,
        Optional<RunStatus> status,
        Optional<String> ref,
        Optional<String> requestedBy) {
    /** Every run. */
    public static final RunFilter ALL =
            new RunFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
