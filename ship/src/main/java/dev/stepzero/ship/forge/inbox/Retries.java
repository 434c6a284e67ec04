package dev.stepzero.ship.forge.inbox;

import java.time.Duration;

/**
 * How often something is tried, and how long it rests in between: twice as long each time.
 *
 * @param most attempts, after which it is parked until a person looks at it
 */
public record Retries(int most, Duration first, Duration longest) {
    /** Eight times within about an hour. */
    public static final Retries USUAL = new Retries(8, Duration.ofSeconds(10), Duration.ofMinutes(30));

    Duration after(int attempt) {
        var rest = first.multipliedBy(1L << Math.min(attempt - 1, 20));
        return rest.compareTo(longest) > 0 ? longest : rest;
    }
}
