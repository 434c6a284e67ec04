package dev.stepzero.ship;

import dev.stepzero.ship.engine.RunStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How shipping ended.
 *
 * @param run the run's number
 * @param status how it ended
 * @param address where the release serves, if it does
 * @param hints what the user may want to know next, such as where a generated password lies
 * @param failed what ended it, or null
 */
public record Shipped(
        long run,
        RunStatus status,
        Optional<String> address,
        List<String> hints,
        @Nullable Throwable failed) {

    public Shipped {
        hints = List.copyOf(hints);
    }

    /** What ended it: a {@link dev.stepzero.core.UserError} where the user can mend it. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failed);
    }
}
