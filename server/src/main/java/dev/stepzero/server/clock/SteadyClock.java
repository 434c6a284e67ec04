package dev.stepzero.server.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A clock that never goes back, so that what has ended does not begin to count again when the machine's clock is set
 * back: sessions, tokens, roles for a while, waivers. It follows the machine's forwards; where that jumps back, time
 * goes on by the processor's own count until the machine's clock caught up or the server is started again.
 */
public final class SteadyClock extends Clock {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);

    /** Less than this is how clocks are usually corrected. */
    private static final Duration TOLD = Duration.ofSeconds(5);

    private final InstantSource wall;
    private final LongSupplier nanos;
    private Instant base;
    private long baseNanos;
    private boolean ahead;

    /**
     * Begins at what the machine's clock says.
     *
     * @param wall the machine's clock
     * @param nanos a count that only goes up, such as {@link System#nanoTime}
     */
    public SteadyClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.base = wall.instant();
        this.baseNanos = nanos.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        // In this order a pause between the two can only make us late, which the next look mends.
        var told = wall.instant();
        var count = nanos.getAsLong();
        var steady = base.plusNanos(count - baseNanos);
        tell(Duration.between(steady, told));
        base = told.isAfter(steady) ? told : steady;
        baseNanos = count;
        return base;
    }

    /** Says once when the machine's clock leaves ours, and once when it is back. */
    private void tell(Duration change) {
        if (change.compareTo(TOLD) > 0) {
            LOG.warn("the machine's clock jumped {} s forwards: what ended in between has ended", change.toSeconds());
        } else if (change.compareTo(TOLD.negated()) < 0 && !ahead) {
            ahead = true;
            LOG.warn(
                    "the machine's clock was set back by {} s: the server goes on without that, so that nothing which has"
                            + " ended counts again; restart it if the clock is right now",
                    change.abs().toSeconds());
        } else if (ahead && change.compareTo(TOLD.negated()) >= 0) {
            ahead = false;
            LOG.warn("the machine's clock has caught up with the server's");
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        // Not this clock itself: it would ask this method again.
        var source = new InstantSource() {
            @Override
            public Instant instant() {
                return SteadyClock.this.instant();
            }
        };
        return source.withZone(zone);
    }
}
