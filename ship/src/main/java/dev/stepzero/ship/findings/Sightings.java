package dev.stepzero.ship.findings;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Reads in which runs a finding was seen. */
public final class Sightings {
    private final Jdbi jdbi;

    public Sightings(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The latest runs that saw a finding, the newest first. */
    public List<Sighting> of(KnownFinding finding, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.id, r.commit_id, r.started_at, o.state from run_finding o join run r on r.id = o.run_id
                        where o.finding_id = :finding and o.run_id between :first and :last
                        order by o.run_id desc limit :most""")
                .bind("finding", finding.id())
                .bind("first", finding.firstRun())
                .bind("last", finding.lastRun())
                .bind("most", most)
                .map((row, context) -> new Sighting(
                        row.getLong("id"),
                        row.getString("commit_id"),
                        row.getTimestamp("started_at").toInstant(),
                        FindingState.parse(row.getString("state"))))
                .list());
    }
}
