package dev.stepzero.ship.forge.own;

import java.time.Duration;

/**
 * How much one push may bring.
 *
 * @param bytes of all that is sent
 * @param object bytes of the largest object, unpacked
 * @param refs how many may be changed at once
 */
public record PushLimits(long bytes, long object, int objects, int refs, Duration time) {
    public static final PushLimits USUAL =
            new PushLimits(512L << 20, 100L << 20, 2_000_000, 200, Duration.ofMinutes(15));
}
