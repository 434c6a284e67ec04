package dev.stepzero.ship.deploy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes on by a fixed time whenever somebody looks at it. */
final class TickingClock extends Clock {
    private final AtomicLong seconds = new AtomicLong(1_800_000_000);
    private final Duration tick;

    TickingClock(Duration tick) {
        this.tick = tick;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(seconds.addAndGet(tick.toSeconds()));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
