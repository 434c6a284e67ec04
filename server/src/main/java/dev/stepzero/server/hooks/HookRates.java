package dev.stepzero.server.hooks;

import dev.stepzero.server.request.Pace;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;

/**
 * How often somebody may come to the door of a project. Refusals count for the network that they come from, so that
 * nobody uses up what a forge elsewhere needs; and where the forge was believed from the same network lately, as behind
 * one proxy, everybody there is still heard, and only what is stored is limited.
 */
@Component
class HookRates {
    static final Duration RETRY = Duration.ofSeconds(30);
    static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Duration TRUSTED_FOR = Duration.ofHours(24);

    private final Pace refusals;
    private final Pace stored;
    private final Recently believed;

    HookRates(Clock clock) {
        LongSupplier nanoTime = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
        refusals = new Pace(30, 0.5, nanoTime);
        stored = new Pace(2_000, 500, nanoTime);
        believed = new Recently(TRUSTED_FOR, clock);
    }

    /** Whether a delivery is read at all. */
    boolean mayTry(Visitor visitor) {
        return refusals.mayAsk(visitor.key()) || believed.knows(visitor.key());
    }

    void refused(Visitor visitor) {
        refusals.ask(visitor.key());
    }

    /** Notes that the forge spoke; false if it speaks faster than is stored. */
    boolean believed(Visitor visitor) {
        believed.note(visitor.key());
        return stored.ask(visitor.key()) == 0;
    }
}
