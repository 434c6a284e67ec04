package dev.stepzero.ship.runs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Computes {@link FourKeys} in the database from the deployments of a project, or of all. */
public final class DeliveryMetrics {
    private static final String KEYS = """
            with served as (
                select r.project, d.environment, d.kind, d.served_at, run.committed_at,
                       d.status = 'failed'
                           or coalesce(lead(d.kind) over place, '') = 'rollback' as fails
                from deployment d join release r on r.id = d.release_id left join run on run.id = d.run_id
                where d.served_at >= :from
                  and (cast(:project as text) is null or r.project = :project)
                  and (cast(:environment as text) is null or d.environment = :environment)
                window place as (partition by r.project, d.environment order by d.served_at, d.id)
            ), changes as (
                select s.*, case when fails then (
                           select min(well.served_at) from served well
                           where well.project = s.project and well.environment = s.environment
                             and well.served_at > s.served_at and not well.fails
                       ) end as restored_at
                from served s
                where kind <> 'rollback' and served_at >= :from and served_at < :until
            )
            select %s as first_day, count(*) as deployments,
                   percentile_cont(0.5) within group (
                       order by greatest(extract(epoch from served_at - committed_at), 0)) as lead_time,
                   coalesce(avg(case when fails then 1.0 else 0.0 end), 0) as failure_rate,
                   percentile_cont(0.5) within group (
                       order by extract(epoch from restored_at - served_at)) as restore
            from changes
            """;

    private final Jdbi jdbi;

    public DeliveryMetrics(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The keys over some days.
     *
     * @param project empty: all
     * @param environment empty: all
     * @param from the first day
     * @param until the day after the last
     */
    public FourKeys over(Optional<String> project, Optional<String> environment, LocalDate from, LocalDate until) {
        return keys(KEYS.formatted("cast(:from as date)"), project, environment, from, until)
                .getFirst();
    }

    /** The same for each week in which something was deployed, from its Monday on. */
    public List<FourKeys> weekly(
            Optional<String> project, Optional<String> environment, LocalDate from, LocalDate until) {
        var week = "cast(date_trunc('week', served_at, 'UTC') at time zone 'UTC' as date)";
        return keys(KEYS.formatted(week) + " group by 1 order by 1", project, environment, from, until);
    }

    private List<FourKeys> keys(
            String sql, Optional<String> project, Optional<String> environment, LocalDate from, LocalDate until) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("project", project)
                .bind("environment", environment)
                .bind("from", from.atStartOfDay().atOffset(ZoneOffset.UTC))
                .bind("until", until.atStartOfDay().atOffset(ZoneOffset.UTC))
                .map((row, context) -> keys(row))
                .list());
    }

    private static FourKeys keys(ResultSet row) throws SQLException {
        return new FourKeys(
                row.getObject("first_day", LocalDate.class),
                row.getLong("deployments"),
                seconds(row, "lead_time"),
                row.getDouble("failure_rate"),
                seconds(row, "restore"));
    }

    private static @Nullable Duration seconds(ResultSet row, String column) throws SQLException {
        var seconds = row.getDouble(column);
        return row.wasNull() ? null : Duration.ofMillis(Math.round(seconds * 1000));
    }
}
