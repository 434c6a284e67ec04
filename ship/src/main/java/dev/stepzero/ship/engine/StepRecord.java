package dev.stepzero.ship.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a step's latest attempt.
 *
 * @param name the step's name
 * @param stage the label of its stage
 * @param attempt counts from 1
 * @param status how it stands
 * @param startedAt when the attempt began
 * @param endedAt when it ended, or null while it runs
 * @param summary what came of it, in a few words, or null
 * @param reason why it did not succeed, or null
 * @param warnings what the user should know though nothing failed
 */
public record StepRecord(
        String name,
        String stage,
        int attempt,
        RunStatus status,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String summary,
        @Nullable String reason,
        List<String> warnings) {

    public StepRecord {
        warnings = List.copyOf(warnings);
    }

    public Optional<Duration> duration() {
        return Optional.ofNullable(endedAt).map(end -> Duration.between(startedAt, end));
    }
}
