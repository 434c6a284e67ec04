package dev.stepzero.ship.forge.client;

import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How requests are repeated.
 *
 * @param attempts in all
 * @param first the longest pause before the second attempt; each further one may be twice as long
 * @param longestWait how long a rate limit is waited for on the spot; beyond it the request fails
 * @param clock what tells the time
 * @param random spreads pauses, so that many do not come back at once
 * @param sleep waits
 */
public record Patience(
        int attempts, Duration first, Duration longestWait, Clock clock, RandomGenerator random, Sleep sleep) {

    /** Waits for a time. */
    @FunctionalInterface
    public interface Sleep {
        void sleep(Duration time) throws InterruptedException;
    }

    /** Four attempts within seconds, and rate limits of up to half a minute. */
    public static Patience usual(Clock clock, RandomGenerator random) {
        return new Patience(4, Duration.ofMillis(500), Duration.ofSeconds(30), clock, random, Thread::sleep);
    }

    void rest(int attempt) throws InterruptedException {
        var most = first.multipliedBy(1L << Math.min(attempt - 1, 10)).toMillis();
        sleep.sleep(Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1)));
    }
}
