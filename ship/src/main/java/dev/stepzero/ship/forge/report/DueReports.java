package dev.stepzero.ship.forge.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table {@code forge_report}: what forges were told, and what they are to be told. */
public final class DueReports {
    /** Longer than telling takes, with all the forge's patience. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration FIRST_REST = Duration.ofSeconds(20);
    private static final int MOST_ATTEMPTS = 8;

    private final Jdbi jdbi;
    private final Clock clock;

    public DueReports(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * What is to be told.
     *
     * @param over whether the run has ended
     * @param status how the run stands, or null where none could be made
     * @param why what ended it, or null
     */
    record Due(
            long request,
            String project,
            String commit,
            OptionalLong pullRequest,
            OptionalLong run,
            boolean over,
            @Nullable String status,
            @Nullable String why,
            int attempt) {}

    /** Takes the report that waits longest, of projects that have a token; empty if there is none. */
    Optional<Due> next() {
        var now = clock.instant();
        return jdbi.inTransaction(handle -> handle.createQuery("""
                        with due as (
                            select q.id, q.project, q.commit_id, q.pull_request, q.run_id, run.status, coalesce(run.reason, q.reason) as why,
                                   case when q.status in ('queued', 'running', 'stalled') then 'running' else 'over' end as stands
                            from run_request q
                            join project_forge f on f.project = q.project and f.token is not null
                            join project p on p.name = q.project and p.archived_at is null and p.provider <> 'stepzero'
                            left join run on run.id = q.run_id
                            left join forge_report t on t.request_id = q.id
                            where q.requested_at > cast(:now as timestamptz) - interval '1 day'
                              and (q.run_id is not null or q.status = 'refused')
                              and coalesce(t.told, '') <> case when q.status in ('queued', 'running', 'stalled') then 'running' else 'over' end
                              and coalesce(t.due_at, '-infinity') <= :now and coalesce(t.attempts, 0) < :most
                            order by q.id limit 1 for update of q skip locked
                        ), taken as (
                            insert into forge_report (request_id, told, attempts, due_at) select id, '', 1, :until from due
                            on conflict (request_id) do update set attempts = forge_report.attempts + 1, due_at = excluded.due_at
                            returning attempts
                        )
                        select due.*, taken.attempts from due, taken""")
                .bind("now", now)
                .bind("until", now.plus(LEASE))
                .bind("most", MOST_ATTEMPTS)
                .map((row, context) -> due(row))
                .findOne());
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getLong("id"),
                row.getString("project"),
                row.getString("commit_id"),
                number(row, "pull_request"),
                number(row, "run_id"),
                row.getString("stands").equals("over"),
                row.getString("status"),
                row.getString("why"),
                row.getInt("attempts"));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        var number = row.getObject(column, Long.class);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    void told(Due due) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update forge_report set told = :told, attempts = 0, due_at = :now, failure = null
                        where request_id = :id""")
                .bind("told", due.over() ? "over" : "running")
                .bind("now", clock.instant())
                .bind("id", due.request())
                .execute());
    }

    /** Leaves the forge alone for a while, twice as long each time; after the eighth it is not told any more. */
    void failed(Due due, String failure) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update forge_report set due_at = :due, failure = :failure where request_id = :id""")
                .bind("due", clock.instant().plus(FIRST_REST.multipliedBy(1L << Math.min(due.attempt(), 10))))
                .bind(
                        "failure",
                        failure.substring(0, Math.min(failure.length(), 1000)).replace('\0', '\uFFFD'))
                .bind("id", due.request())
                .execute());
    }
}
