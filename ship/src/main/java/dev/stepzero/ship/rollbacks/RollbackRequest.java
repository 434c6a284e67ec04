package dev.stepzero.ship.rollbacks;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A way back that somebody asked for.
 *
 * @param commit the commit to go back to
 * @param status {@code running}, {@code served}, {@code failed}, or {@code cut} where the server that went it ended
 * @param ended when it was over, or null
 * @param what why it failed, or empty
 */
public record RollbackRequest(
        long id,
        String project,
        String environment,
        String commit,
        String reason,
        String askedBy,
        Instant askedAt,
        String status,
        @Nullable Instant ended,
        String what) {

    public boolean isOpen() {
        return status.equals("running");
    }

    public Optional<Instant> endedAt() {
        return Optional.ofNullable(ended);
    }
}
