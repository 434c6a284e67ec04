package dev.stepzero.server.ledger;

import dev.stepzero.guard.ledger.Leaf;
import dev.stepzero.guard.ledger.LedgerReader;
import dev.stepzero.guard.ledger.SignedCheckpoint;
import dev.stepzero.guard.ledger.merkle.Hash;
import dev.stepzero.guard.ledger.merkle.ProofCheck;
import java.util.List;
import java.util.Optional;

/**
 * The proof that a signed checkpoint covers an entry (RFC 9162, section 2.1.3).
 *
 * @param path the hashes beside the way from the entry to the root
 * @param holds whether they lead to the root that was signed; if not, somebody tampered with the ledger
 */
public record Proven(Leaf leaf, SignedCheckpoint checkpoint, List<Hash> path, boolean holds) {
    public Proven {
        path = List.copyOf(path);
    }

    /** Empty until the next checkpoint, at most a minute after the entry. */
    static Optional<Proven> of(Leaf leaf, LedgerReader reader) {
        return reader.checkpoint()
                .filter(newest -> newest.checkpoint().size() > leaf.number())
                .map(newest -> {
                    var size = newest.checkpoint().size();
                    var path = reader.inclusion(leaf.number(), size);
                    var holds = ProofCheck.includes(
                            leaf.hash(),
                            leaf.number(),
                            size,
                            path,
                            newest.checkpoint().root());
                    return new Proven(leaf, newest, path, holds);
                });
    }

    /** As {@code stepzero audit show --proof} prints it. */
    public String text() {
        var text = new StringBuilder(leaf.json())
                .append("\nindex ")
                .append(leaf.number())
                .append('\n');
        path.forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(checkpoint.note()).toString();
    }
}
