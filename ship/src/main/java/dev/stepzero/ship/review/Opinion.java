package dev.stepzero.ship.review;

import java.time.Instant;

/**
 * What somebody said about a commit.
 *
 * @param commit the commit that they looked at; empty if the forge did not say
 */
public record Opinion(Person reviewer, String commit, Kind kind, Instant at) {

    /** The judgement. */
    public enum Kind {
        APPROVED,
        CHANGES_REQUESTED,
        /** Taken back, by the reviewer or by somebody who may. */
        DISMISSED
    }
}
