package dev.stepzero.ship.review;

import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.git.Mirror;

/** Judges whether a commit that is about to ship was reviewed. */
@FunctionalInterface
public interface CommitReview {

    /**
     * The judgement of a commit of the protected branch.
     *
     * @param mirror the project's own, which has the commit
     * @throws InterruptedException if it was cancelled
     */
    ReviewOutcome of(RegisteredProject project, Mirror mirror, String commit) throws InterruptedException;
}
