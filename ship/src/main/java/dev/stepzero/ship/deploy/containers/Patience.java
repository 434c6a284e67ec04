package dev.stepzero.ship.deploy.containers;

import java.time.Clock;
import java.time.Duration;

/** Waits for what nobody announces by asking for it again and again. */
record Patience(Clock clock) {
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Whether the condition held before the time was over. */
    boolean until(Duration most, Condition condition) throws InterruptedException {
        var deadline = clock.instant().plus(most);
        while (!condition.holds()) {
            if (clock.instant().isAfter(deadline)) {
                return false;
            }
            Thread.sleep(PAUSE);
        }
        return true;
    }

    /** Something that becomes true without saying so. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws InterruptedException;
    }
}
