package dev.stepzero.ship.evidence;

import dev.stepzero.core.Digest;
import dev.stepzero.guard.evidence.Evidence;
import dev.stepzero.ship.engine.SignedEvidence;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * The table {@code pending_statement}: what should lie beside an image and does not yet. Of one key, kind and subject
 * only the newest waits, so that no older word can take the place of a newer one.
 */
public final class PendingStatements {
    private final Jdbi jdbi;
    private final Clock clock;

    public PendingStatements(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * A statement that waits.
     *
     * @param repository where it belongs; empty: the layout on disk
     * @param signer the id of the key that signed it
     */
    public record Pending(long id, String repository, Digest image, String signer, SignedEvidence evidence) {}

    /** Records that a statement is to be put beside an image in a repository. */
    public void add(String repository, Digest image, SignedEvidence evidence, String signer) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            delete from pending_statement
                            where repository = :repository and image = :image and subject = :subject
                              and predicate_type = :type and signer = :signer""")
                    .bind("repository", repository)
                    .bind("image", image.toString())
                    .bind("subject", evidence.subject())
                    .bind("type", evidence.predicateType())
                    .bind("signer", signer)
                    .execute();
            handle.createUpdate("""
                            insert into pending_statement
                                (repository, image, subject, predicate_type, signer, envelope, since)
                            values (:repository, :image, :subject, :type, :signer, cast(:envelope as jsonb), :now)""")
                    .bind("repository", repository)
                    .bind("image", image.toString())
                    .bind("subject", evidence.subject())
                    .bind("type", evidence.predicateType())
                    .bind("signer", signer)
                    .bind("envelope", evidence.envelope())
                    .bind("now", clock.instant())
                    .execute();
        });
    }

    /**
     * What waits for a repository, the oldest first.
     *
     * @param signers the ids of the keys whose statements are asked for
     */
    public List<Pending> of(String repository, List<String> signers, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from pending_statement
                        where repository = :repository and signer = any(:signers) order by id limit :most""")
                .bind("repository", repository)
                .bindArray("signers", String.class, signers)
                .bind("most", most)
                .map((row, context) -> new Pending(
                        row.getLong("id"),
                        row.getString("repository"),
                        Digest.parse(row.getString("image")),
                        row.getString("signer"),
                        new SignedEvidence(
                                row.getString("subject"),
                                row.getString("predicate_type"),
                                Evidence.canonical(row.getString("envelope")))))
                .list());
    }

    /** Records that a statement lies where it belongs, or belongs nowhere any more. */
    public void placed(Pending statement) {
        jdbi.useHandle(handle -> handle.execute("delete from pending_statement where id = ?", statement.id()));
    }
}
