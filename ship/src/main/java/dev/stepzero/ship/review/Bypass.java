package dev.stepzero.ship.review;

import java.time.Instant;
import java.util.Optional;

/**
 * A commit that was let through without a review. It stays open until somebody else has looked at it.
 *
 * @param principal who took it upon themselves
 * @param role the role that allowed them to
 * @param review who looked at it afterwards, when, and what they found; empty while it is open
 */
public record Bypass(
        long id,
        String project,
        String commit,
        String principal,
        String role,
        String reason,
        Instant at,
        Optional<Afterwards> review) {

    /** The review that came later. */
    public record Afterwards(String principal, Instant at, String note) {}

    public boolean isOpen() {
        return review.isEmpty();
    }
}
