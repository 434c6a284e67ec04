package dev.stepzero.guard.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Jdbi;

/**
 * Holds up what was tried in vain too often. Each subject has a count of its own and waits twice as long after each
 * failure beyond the free ones, up to a quarter of an hour; an hour of silence forgets it. The count goes up before the
 * attempt is judged, so that many at once get no more tries than one after the other. A clock that is set back lets
 * nobody in earlier, and nobody waits longer than the longest for it.
 */
public final class Throttle {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 12;

    private final Jdbi jdbi;
    private final Clock clock;

    public Throttle(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Counts an attempt as failed until {@link #succeeded} says otherwise.
     *
     * @param free how many failures cost nothing
     * @return how long to wait; zero if the attempt may be judged
     */
    public Duration attempt(String subject, int free) {
        // PostgreSQL rounds to microseconds, and what is rounded up would lie in the future.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        return jdbi.inTransaction(handle -> {
            var until = handle.createQuery("""
                            INSERT INTO throttle AS t (subject, failures, until, seen_at)
                            VALUES (:subject, 0, :now, :now)
                            ON CONFLICT (subject) DO UPDATE
                            SET failures = CASE WHEN t.seen_at < :forgotten THEN 0 ELSE t.failures END,
                                seen_at = LEAST(t.seen_at, :now), until = LEAST(t.until, :latest)
                            RETURNING until""")
                    .bind("subject", subject)
                    .bind("now", now)
                    .bind("forgotten", now.minus(FORGOTTEN))
                    .bind("latest", now.plus(LONGEST))
                    .mapTo(OffsetDateTime.class)
                    .one();
            if (until.isAfter(now)) {
                return Duration.between(now, until);
            }
            handle.createUpdate("""
                            UPDATE throttle SET failures = failures + 1, seen_at = :now,
                                until = :now + LEAST(:longest, power(2, LEAST(failures - :free, :doublings)))
                                    * CASE WHEN failures < :free THEN 0 ELSE 1 END * INTERVAL '1 second'
                            WHERE subject = :subject""")
                    .bind("subject", subject)
                    .bind("now", now)
                    .bind("free", free)
                    .bind("longest", LONGEST.toSeconds())
                    .bind("doublings", MOST_DOUBLINGS)
                    .execute();
            return Duration.ZERO;
        });
    }

    /** Forgets a subject, for its last attempt was right. */
    public void succeeded(String subject) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM throttle WHERE subject = :subject")
                .bind("subject", subject)
                .execute());
    }

    /** Deletes what is forgotten anyway. */
    public void sweep() {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM throttle WHERE seen_at < :forgotten")
                .bind("forgotten", clock.instant().minus(FORGOTTEN).atOffset(ZoneOffset.UTC))
                .execute());
    }
}
