package dev.stepzero.ship.engine;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a run comes from. It is recorded, and does not count when a run that was cut is looked for.
 *
 * @param ref the full name of the ref that had the commit, behind that of a fork which has it; empty where somebody named the commit itself
 * @param pullRequestNumber the number of the pull request at the forge, or null
 * @param requestedBy who asked for the run; empty if nobody knows
 * @param commitTime when the commit was committed, as it says itself, or null
 */
public record RunOrigin(
        String ref,
        @Nullable Long pullRequestNumber,
        String requestedBy,
        @Nullable Instant commitTime) {

    /** Nothing is known. */
    public static final RunOrigin UNKNOWN = new RunOrigin("", null, "", null);

    public Optional<Long> pullRequest() {
        return Optional.ofNullable(pullRequestNumber);
    }

    public Optional<Instant> committedAt() {
        return Optional.ofNullable(commitTime);
    }
}
