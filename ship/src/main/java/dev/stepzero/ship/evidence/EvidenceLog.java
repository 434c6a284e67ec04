package dev.stepzero.ship.evidence;

import dev.stepzero.core.Digest;
import dev.stepzero.guard.evidence.Evidence;
import dev.stepzero.ship.engine.SignedEvidence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The table {@code evidence}: what the steps of runs attested, in the form in which it was signed. */
public final class EvidenceLog {
    private final Jdbi jdbi;

    public EvidenceLog(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What the succeeded steps of a run have attested so far; of a step that ran again, only what it said last. Only this
     * may a verdict rest on, or be published.
     */
    public List<SignedEvidence> ofRun(long run) {
        return list("""
                select * from (
                    select distinct on (step, predicate_type, subject) * from evidence e
                    where run_id = :run and exists (
                        select from step s where s.run_id = e.run_id and s.name = e.step and s.status = 'succeeded')
                    order by step, predicate_type, subject, id desc
                ) latest order by id""", "run", run);
    }

    /**
     * What somebody attested in a run.
     *
     * @param step which step did
     */
    public record Said(String step, SignedEvidence evidence) {}

    /** Everything that the steps of a run have attested, those too that refused the change, the oldest first. */
    public List<Said> saidIn(long run) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from evidence where run_id = :run order by id limit 500")
                        .bind("run", run)
                        .map((row, context) -> new Said(row.getString("step"), signed(row)))
                        .list());
    }

    /** Adds what a deployment attests that no run makes. */
    public void add(long deployment, String step, SignedEvidence evidence, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into evidence (deployment_id, step, subject, predicate_type, envelope, created_at)
                        values (:deployment, :step, :subject, :type, cast(:envelope as jsonb), :now)""")
                .bind("deployment", deployment)
                .bind("step", step)
                .bind("subject", evidence.subject())
                .bind("type", evidence.predicateType())
                .bind("envelope", evidence.envelope())
                .bind("now", at)
                .execute());
    }

    /** What any run or rollback attested about an image. */
    public List<SignedEvidence> about(Digest image) {
        return list("select * from evidence where subject = :image order by id desc limit 200", "image", "" + image);
    }

    private List<SignedEvidence> list(String sql, String name, Object value) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind(name, value)
                .map((row, context) -> signed(row))
                .list());
    }

    private static SignedEvidence signed(ResultSet row) throws SQLException {
        return new SignedEvidence(
                row.getString("subject"),
                row.getString("predicate_type"),
                Evidence.canonical(row.getString("envelope")));
    }
}
