package dev.stepzero.ship.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as one looks back at it.
 *
 * @param run which run
 * @param origin where it comes from
 * @param status how it stands
 * @param endedAt when it ended, or null while it is open
 * @param why what ended it other than success, or null
 */
public record RunSummary(
        Run run,
        RunOrigin origin,
        RunStatus status,
        @Nullable Instant endedAt,
        @Nullable String why) {

    public Optional<Duration> duration() {
        return Optional.ofNullable(endedAt).map(end -> Duration.between(run.startedAt(), end));
    }

    public Optional<String> reason() {
        return Optional.ofNullable(why);
    }
}
