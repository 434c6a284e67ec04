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
                select id, project, environment, kind, served_at, committed_at,
                       status = 'failed' or coalesce(lead(kind) over place, '') = 'rollback' as fails
                from deployment
                where served_at >= :from
                  and (cast(:project as text) is null or project = :project)
                  and (cast(:environment as text) is null or environment = :environment)
                window place as (partition by project, environment order by served_at, id)
            ), ended as (
                select *, case when fails then min(served_at) filter (where not fails) over later end as restored_at
                from served
                window later as (partition by project, environment order by served_at desc
                                 groups between unbounded preceding and 1 preceding)
            ), changes as (
                select * from ended where kind <> 'rollback' and served_at < :until
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
