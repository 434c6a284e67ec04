package dev.stepzero.ship.affected;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What the owners of an environment know of, so that they are told once. */
public final class ToldVulnerabilities {
    private final Jdbi jdbi;

    public ToldVulnerabilities(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A vulnerability in a package of one version. */
    public record Told(String purl, String advisory) {}

    /** What is known of an environment, and since when. */
    public Map<Told, Instant> of(String project, String environment) {
        var told = new HashMap<Told, Instant>();
        jdbi.useHandle(handle -> handle.createQuery("""
                        select purl, advisory, told_at from told_vulnerability
                        where project = :project and environment = :environment""")
                .bind("project", project)
                .bind("environment", environment)
                .map((row, context) -> told.put(
                        new Told(row.getString("purl"), row.getString("advisory")),
                        row.getTimestamp("told_at").toInstant()))
                .list());
        return told;
    }

    /**
     * A vulnerability that became known while what has it served.
     *
     * @param at when it was told
     */
    public record NewlyTold(String project, String environment, String purl, String advisory, Instant at) {}

    /**
     * What became known of releases after they began to serve, and still serves, the newest first.
     *
     * @param project empty: of all
     */
    public List<NewlyTold> sinceServing(Optional<String> project, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select t.* from told_vulnerability t
                        join release r on r.project = t.project
                        join deployment d on d.release_id = r.id and d.environment = t.environment
                         and d.status = 'serving'
                        join release_component c on c.release_id = r.id and c.purl = t.purl
                        where t.told_at > coalesce(d.served_at, d.started_at) + interval '10 minutes'
                          and (cast(:project as text) is null or t.project = :project)
                        order by t.told_at desc, t.advisory limit :most""")
                .bind("project", project)
                .bind("most", most)
                .map((row, context) -> new NewlyTold(
                        row.getString("project"),
                        row.getString("environment"),
                        row.getString("purl"),
                        row.getString("advisory"),
                        row.getTimestamp("told_at").toInstant()))
                .list());
    }

    /** Notes that these are known from an instant on; what was known before keeps its time. */
    public void tell(String project, String environment, List<Told> told, Instant at) {
        if (told.isEmpty()) {
            return;
        }
        jdbi.useTransaction(handle -> {
            var batch = handle.prepareBatch("""
                    insert into told_vulnerability (project, environment, purl, advisory, told_at)
                    values (:project, :environment, :purl, :advisory, :at) on conflict do nothing""");
            for (var each : told) {
                batch.bind("project", project)
                        .bind("environment", environment)
                        .bind("purl", each.purl())
                        .bind("advisory", each.advisory())
                        .bind("at", at)
                        .add();
            }
            batch.execute();
        });
    }
}
