package dev.stepzero.ship.findings;

import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A finding over time.
 *
 * @param environment where what has it leads to; empty if only verifications saw it
 * @param scanner the step that found it
 * @param firstRun the run that saw it first, and {@code firstSeen} when
 * @param lastRun the run that saw it last
 * @param resolved when a run of the protected branch no longer found it, or null
 * @param resolvedRun that run, or null
 */
public record KnownFinding(
        long id,
        String project,
        String environment,
        String scanner,
        String fingerprint,
        String rule,
        Severity severity,
        String title,
        String message,
        String fix,
        Location location,
        FindingState state,
        long firstRun,
        Instant firstSeen,
        long lastRun,
        Instant lastSeen,
        @Nullable Instant resolved,
        @Nullable Long resolvedRun) {

    public Optional<Instant> resolvedAt() {
        return Optional.ofNullable(resolved);
    }

    public Optional<Long> resolvedBy() {
        return Optional.ofNullable(resolvedRun);
    }
}
