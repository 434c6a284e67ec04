package dev.stepzero.ship.forge.inbox;

import dev.stepzero.ship.forge.inbox.RunRequest.Purpose;
import dev.stepzero.ship.forge.inbox.RunRequest.Trust;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The table {@code requested_run}: the runs that wait to be started. Of one ref the newest alone waits, and it waits
 * until the one that is running has ended; a run that has begun is never taken back.
 */
public final class RequestedRuns {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Retries retries;

    public RequestedRuns(Jdbi jdbi, Clock clock, Retries retries) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.retries = retries;
    }

    /**
     * What became of a request.
     *
     * @param id its number
     * @param fresh false if the same was asked for before, and neither was given up nor lost
     * @param superseded how many older ones no longer wait
     */
    public record Requested(long id, boolean fresh, int superseded) {}

    /**
     * A request that one worker has for the time of its lease.
     *
     * @param attempt counts the workers that had it; what an earlier one reports no longer counts
     */
    public record Taken(long id, int attempt, RunRequest request) {}

    /** Asks for a run. Older requests of the same ref that still wait are superseded. */
    public Requested request(RunRequest request) {
        return jdbi.inTransaction(handle -> {
            lock(handle, request.project(), request.ref());
            var same = handle.createQuery("""
                            select id from requested_run
                            where project = :project and ref = :ref and commit_id = :commit and purpose = :purpose
                              and trust = :trust and base is not distinct from :base
                              and state in ('waiting', 'working', 'ended')
                              and id = (select max(id) from requested_run
                                        where project = :project and ref = :ref and purpose = :purpose)""")
                    .bind("project", request.project())
                    .bind("ref", request.ref())
                    .bind("commit", request.commit())
                    .bind("purpose", request.purpose().label())
                    .bind("trust", request.trust().label())
                    .bind("base", request.base().orElse(null))
                    .mapTo(Long.class)
                    .findOne();
            if (same.isPresent()) {
                return new Requested(same.get(), false, 0);
            }
            var superseded = supersede(handle, request.project(), request.ref(), "a newer commit took its place");
            return new Requested(insert(handle, request), true, superseded);
        });
    }

    private long insert(Handle handle, RunRequest request) {
        return handle.createQuery("""
                        insert into requested_run (project, ref, commit_id, base, purpose, trust, pull_request, asked_by,
                                                   asked_at, state, due_at)
                        values (:project, :ref, :commit, :base, :purpose, :trust, :pull, :by, :now, 'waiting', :now)
                        returning id""")
                .bind("project", request.project())
                .bind("ref", request.ref())
                .bind("commit", request.commit())
                .bind("base", request.base().orElse(null))
                .bind("purpose", request.purpose().label())
                .bind("trust", request.trust().label())
                .bind(
                        "pull",
                        request.pullRequest().isPresent()
                                ? request.pullRequest().getAsLong()
                                : null)
                .bind("by", request.askedBy())
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one();
    }

    /** Takes back what still waits of a ref: its pull request was closed, or its branch deleted. */
    public int cancel(String project, String ref, String reason) {
        return jdbi.inTransaction(handle -> {
            lock(handle, project, ref);
            return supersede(handle, project, ref, reason);
        });
    }

    private int supersede(Handle handle, String project, String ref, String reason) {
        return handle.createUpdate("""
                        update requested_run set state = 'superseded', ended_at = :now, result = :reason
                        where project = :project and ref = :ref and state = 'waiting'""")
                .bind("now", clock.instant())
                .bind("reason", reason)
                .bind("project", project)
                .bind("ref", ref)
                .execute();
    }

    private static void lock(Handle handle, String project, String ref) {
        handle.createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 5))")
                .bind("key", project + " " + ref)
                .mapTo(String.class)
                .one();
    }

    /** Takes the request that waits longest and whose ref has no run going on; empty if there is none. */
    public Optional<Taken> next(Duration lease) {
        while (true) {
            var taken = jdbi.withHandle(handle -> handle.createQuery("""
                            update requested_run set state = 'working', attempts = attempts + 1, due_at = :until
                            where id = (select id from requested_run r
                                        where state in ('waiting', 'working') and due_at <= :now
                                          and not exists (select from requested_run busy
                                                          where busy.project = r.project and busy.ref = r.ref
                                                            and busy.id <> r.id and busy.state = 'working'
                                                            and (busy.due_at > :now or busy.id < r.id))
                                        order by due_at, id limit 1 for update skip locked)
                            returning *""")
                    .bind("now", clock.instant())
                    .bind("until", clock.instant().plus(lease))
                    .map((row, context) -> taken(row))
                    .findOne());
            if (taken.isEmpty() || taken.get().attempt() <= retries.most()) {
                return taken;
            }
            end(taken.get(), "parked", "its workers died %d times".formatted(retries.most()));
        }
    }

    private static Taken taken(ResultSet row) throws SQLException {
        var pull = row.getObject("pull_request", Long.class);
        return new Taken(
                row.getLong("id"),
                row.getInt("attempts"),
                new RunRequest(
                        row.getString("project"),
                        row.getString("ref"),
                        row.getString("commit_id"),
                        Optional.ofNullable(row.getString("base")),
                        Purpose.parse(row.getString("purpose")),
                        Trust.parse(row.getString("trust")),
                        pull == null ? OptionalLong.empty() : OptionalLong.of(pull),
                        row.getString("asked_by")));
    }

    /** Keeps a request for longer while its run goes on; false if another worker has it by now. */
    public boolean extend(Taken taken, Duration lease) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                update requested_run set due_at = :until
                                where id = :id and attempts = :attempt and state = 'working'""")
                        .bind("until", clock.instant().plus(lease))
                        .bind("id", taken.id())
                        .bind("attempt", taken.attempt())
                        .execute())
                == 1;
    }

    /** Records which run a request became. */
    public void began(Taken taken, long run) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update requested_run set run_id = :run where id = :id and attempts = :attempt")
                .bind("run", run)
                .bind("id", taken.id())
                .bind("attempt", taken.attempt())
                .execute());
    }

    /** Records that the run ended, however it did. */
    public void ended(Taken taken, String result) {
        end(taken, "ended", result);
    }

    /** Records that the run could not begin or go on: it is tried again, unless something newer waits by then. */
    public void failed(Taken taken, String reason) {
        if (taken.attempt() >= retries.most()) {
            end(taken, "parked", reason);
            return;
        }
        jdbi.useTransaction(handle -> {
            lock(handle, taken.request().project(), taken.request().ref());
            handle.createUpdate("""
                            update requested_run r
                            set state = case when newer.there then 'superseded' else 'waiting' end,
                                ended_at = case when newer.there then cast(:now as timestamptz) end,
                                due_at = :due, result = :reason
                            from (select exists (select from requested_run
                                                 where project = :project and ref = :ref and id > :id
                                                   and state in ('waiting', 'working', 'ended')) as there) newer
                            where r.id = :id and r.attempts = :attempt and r.state = 'working'""")
                    .bind("now", clock.instant())
                    .bind("due", clock.instant().plus(retries.after(taken.attempt())))
                    .bind("reason", plain(reason))
                    .bind("project", taken.request().project())
                    .bind("ref", taken.request().ref())
                    .bind("id", taken.id())
                    .bind("attempt", taken.attempt())
                    .execute();
        });
    }

    private void end(Taken taken, String state, String result) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update requested_run set state = :state, ended_at = :now, result = :result
                        where id = :id and attempts = :attempt and state = 'working'""")
                .bind("state", state)
                .bind("now", clock.instant())
                .bind("result", plain(result))
                .bind("id", taken.id())
                .bind("attempt", taken.attempt())
                .execute());
    }

    private static String plain(String text) {
        return text.substring(0, Math.min(text.length(), 1000)).replace('\0', '\uFFFD');
    }
}
