package dev.stepzero.ship.engine;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a run ended, and what its steps gave. */
public final class RunResult {
    private final Run run;
    private final RunStatus status;
    private final @Nullable Throwable failure;
    private final Values values;

    RunResult(Run run, RunStatus status, @Nullable Throwable failure, Values values) {
        this.run = run;
        this.status = status;
        this.failure = failure;
        this.values = values;
    }

    public Run run() {
        return run;
    }

    public RunStatus status() {
        return status;
    }

    /** What ended the run: a {@link dev.stepzero.core.UserError} where the user can mend it. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** A value that a step gave, if it came so far. */
    public <T> Optional<T> value(Slot<T> slot) {
        return values.find(slot);
    }

    /** The same with a conversion. */
    public <T, R> Optional<R> value(Slot<T> slot, Function<T, R> conversion) {
        return values.find(slot).map(conversion);
    }
}
