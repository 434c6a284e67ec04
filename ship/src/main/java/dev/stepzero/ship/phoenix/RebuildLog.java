package dev.stepzero.ship.phoenix;

import dev.stepzero.core.Digest;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The table {@code rebuild}: which releases were built again on which lock, so that nothing is tried or said twice. */
public final class RebuildLog {
    private final Jdbi jdbi;
    private final Clock clock;

    public RebuildLog(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * What makes two rebuilds the same.
     *
     * @param release the release that serves
     * @param lock the digest of the refreshed lock
     */
    public record Attempt(long release, String environment, Digest lock) {}

    /** How an attempt stands. */
    public enum Status {
        /** It goes on, or was cut: the next one goes on where it was. */
        RUNNING,
        SUCCEEDED,
        /** Its tests, the gate or its health said no; what served before serves. */
        REFUSED,
        /** The refreshed lock would not have mended anything, so nothing was built. */
        USELESS;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An attempt as one looks back at it; run 0 where there was none. */
    public record Entry(Status status, long run, String reason, Instant startedAt) {}

    /** What came of an attempt, if there was one. */
    public Optional<Entry> find(Attempt attempt) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from rebuild
                        where release_id = :release and environment = :environment and lock = :lock""")
                .bind("release", attempt.release())
                .bind("environment", attempt.environment())
                .bind("lock", attempt.lock().toString())
                .map((row, context) -> new Entry(
                        Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                        row.getLong("run_id"),
                        row.getString("reason"),
                        row.getTimestamp("started_at").toInstant()))
                .findOne());
    }

    /** Records that a run begins, or goes on. */
    public void begin(Attempt attempt, String why, long run) {
        put(attempt, why, Optional.of(run), Status.RUNNING, "");
    }

    /** Records that no run was worth while. */
    public void useless(Attempt attempt, String why, String reason) {
        put(attempt, why, Optional.empty(), Status.USELESS, reason);
    }

    private void put(Attempt attempt, String why, Optional<Long> run, Status status, String reason) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into rebuild (release_id, environment, lock, why, run_id, status, reason, started_at)
                        values (:release, :environment, :lock, :why, :run, :status, :reason, :now)
                        on conflict (release_id, environment, lock) do update
                            set why = excluded.why, run_id = excluded.run_id, status = excluded.status,
                                reason = excluded.reason, started_at = excluded.started_at, ended_at = null""")
                .bind("release", attempt.release())
                .bind("environment", attempt.environment())
                .bind("lock", attempt.lock().toString())
                .bind("why", why)
                .bind("run", run)
                .bind("status", status.label())
                .bind("reason", reason)
                .bind("now", clock.instant())
                .execute());
    }

    /** Records how the run of an attempt ended. */
    public void end(Attempt attempt, Status status, String reason) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update rebuild set status = :status, reason = :reason, ended_at = :now
                        where release_id = :release and environment = :environment and lock = :lock""")
                .bind("status", status.label())
                .bind("reason", reason.replace('\0', '\uFFFD'))
                .bind("now", clock.instant())
                .bind("release", attempt.release())
                .bind("environment", attempt.environment())
                .bind("lock", attempt.lock().toString())
                .execute());
    }

    /** Which of some runs are rebuilds, with what they mend. */
    public Map<Long, String> of(Collection<Long> runs) {
        var why = new HashMap<Long, String>();
        jdbi.useHandle(handle -> handle.createQuery("select run_id, why from rebuild where run_id = any(:runs)")
                .bindArray("runs", Long.class, runs)
                .map((row, context) -> why.put(row.getLong("run_id"), row.getString("why")))
                .list());
        return why;
    }
}
