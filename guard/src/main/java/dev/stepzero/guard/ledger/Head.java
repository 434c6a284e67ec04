package dev.stepzero.guard.ledger;

import dev.stepzero.guard.ledger.merkle.Hash;
import dev.stepzero.guard.ledger.merkle.TileTree;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * The end of the ledger, from which the next batch goes on.
 *
 * @param last the last leaf's hash; that of nothing if there is none
 * @param recorded the last leaf's time
 * @param tree the right edge of the tree
 * @param signed the size of the newest checkpoint
 * @param signedAt when that was made
 */
record Head(Hash last, Instant recorded, TileTree tree, long signed, Instant signedAt) {

    /** What the newest row says: enough to tell whether somebody else appended meanwhile. */
    record Tip(long size, Hash last, Instant recorded) {
        private static final Tip EMPTY = new Tip(0, Hash.ofNothing(), Instant.EPOCH);

        static Tip read(Handle handle) {
            return handle.createQuery("select seq, leaf_hash, recorded from ledger.entry order by seq desc limit 1")
                    .map((row, _) -> new Tip(
                            row.getLong("seq") + 1,
                            Hash.of(row.getBytes("leaf_hash")),
                            row.getTimestamp("recorded").toInstant()))
                    .findOne()
                    .orElse(EMPTY);
        }
    }

    boolean isAt(Tip tip) {
        return tree.size() == tip.size() && last.equals(tip.last());
    }

    static Head read(Handle handle, Tip tip) {
        var signed = handle.createQuery("select size, created_at from ledger.checkpoint order by size desc limit 1")
                .map((row, _) -> new Signed(
                        row.getLong("size"), row.getTimestamp("created_at").toInstant()))
                .findOne()
                .orElse(new Signed(0, Instant.EPOCH));
        return new Head(
                tip.last(),
                tip.recorded(),
                new TileTree(tip.size(), new TileStore(handle).edge(tip.size())),
                signed.size(),
                signed.at());
    }

    private record Signed(long size, Instant at) {}
}
