package dev.stepzero.server.hooks;

import java.time.Clock;
import java.time.Duration;
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

    private final Buckets refusals;
    private final Buckets stored;
    private final Recently believed;

    HookRates(Clock clock) {
        refusals = new Buckets(30, 0.5, clock);
        stored = new Buckets(2_000, 500, clock);
        believed = new Recently(TRUSTED_FOR, clock);
    }

    /** Whether a delivery is read at all. */
    boolean mayTry(Visitor visitor) {
        return refusals.has(visitor.key()) || believed.knows(visitor.key());
    }

    void refused(Visitor visitor) {
        refusals.take(visitor.key());
    }

    /** Notes that the forge spoke; false if it speaks faster than is stored. */
    boolean believed(Visitor visitor) {
        believed.note(visitor.key());
        return stored.take(visitor.key());
    }
}
