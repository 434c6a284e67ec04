package dev.stepzero.ship.affected;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
