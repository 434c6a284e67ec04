package dev.stepzero.ship.queue;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The database's time, which all servers share. Between two looks at it the time of this process passes, which no one
 * can set: a clock that jumps on a server's host makes nothing due and nobody dead.
 */
final class DatabaseClock implements Clock {
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private Instant then;
    private long thenNanos;

    DatabaseClock(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.then = read(jdbi);
        this.thenNanos = System.nanoTime();
    }

    @Override
    public synchronized Instant now() {
        if (passed().compareTo(BETWEEN_LOOKS) > 0) {
            look();
        }
        return then.plus(passed());
    }

    private void look() {
        try {
            then = read(jdbi);
            thenNanos = System.nanoTime();
        } catch (JdbiException e) {
            // It is away for a while: our own time goes on until it is back.
        }
    }

    private Duration passed() {
        return Duration.ofNanos(System.nanoTime() - thenNanos);
    }

    private static Instant read(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("select clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant());
    }
}
