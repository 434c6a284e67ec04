package dev.stepzero.ship.forge.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Leaves a forge alone that is down or that asked for it, so that nobody waits for it in vain. After some failures in a
 * row it closes for a while, then lets one request try, and closes for twice as long if that fails too.
 */
final class Breaker {
    private static final int FAILURES = 5;
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Clock clock;
    private int failures;
    private Duration rest = FIRST;
    private Instant closedUntil = Instant.MIN;

    Breaker(Clock clock) {
        this.clock = clock;
    }

    /** Until when nothing may be sent; empty if it may be now. The first to ask after a pause is the only one to try. */
    synchronized Optional<Instant> closedUntil() {
        if (clock.instant().isBefore(closedUntil)) {
            return Optional.of(closedUntil);
        }
        if (failures >= FAILURES) {
            closedUntil = clock.instant().plus(rest);
        }
        return Optional.empty();
    }

    synchronized void succeeded() {
        failures = 0;
        rest = FIRST;
        closedUntil = Instant.MIN;
    }

    synchronized void failed() {
        failures++;
        if (failures >= FAILURES) {
            closedUntil = clock.instant().plus(rest);
            rest = rest.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : rest.multipliedBy(2);
        }
    }

    /** The forge itself said from when on it listens again. */
    synchronized void askedToWait(Instant until) {
        if (until.isAfter(closedUntil)) {
            closedUntil = until;
        }
    }
}
