package dev.stepzero.ship.evidence;

import dev.stepzero.core.Digest;
import dev.stepzero.guard.evidence.Evidence;
import dev.stepzero.ship.engine.SignedEvidence;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The table {@code evidence}: what the steps of runs attested, in the form in which it was signed. */
public final class EvidenceLog {
    private final Jdbi jdbi;

    public EvidenceLog(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What the steps of a run have attested so far; of a step that ran again, only what it said last. */
    public List<SignedEvidence> ofRun(long run) {
        return list("""
                select * from (
                    select distinct on (step, predicate_type, subject) * from evidence where run_id = :run
                    order by step, predicate_type, subject, id desc
                ) latest order by id""", "run", run);
    }

    /** What any run attested about an image. */
    public List<SignedEvidence> about(Digest image) {
        return list("select * from evidence where subject = :image order by id desc limit 200", "image", "" + image);
    }

    private List<SignedEvidence> list(String sql, String name, Object value) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind(name, value)
                .map((row, context) -> new SignedEvidence(
                        row.getString("subject"),
                        row.getString("predicate_type"),
                        Evidence.canonical(row.getString("envelope"))))
                .list());
    }
}
