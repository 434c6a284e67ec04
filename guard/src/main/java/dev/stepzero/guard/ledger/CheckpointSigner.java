package dev.stepzero.guard.ledger;

import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.ledger.merkle.Hash;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Signs checkpoints with the key that signs now, read anew each time, so that a key that was replaced signs no more. */
final class CheckpointSigner {
    private final KeyRing keys;

    CheckpointSigner(KeyRing keys) {
        this.keys = keys;
    }

    /** Empty if the caller was interrupted: then the next checkpoint covers this one. */
    Optional<SignedCheckpoint> sign(Handle handle, long size, Hash root) {
        try {
            var key = keys.signing();
            return Optional.of(SignedCheckpoint.sign(new Checkpoint(origin(handle), size, root), key));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The name of the ledger that a database holds. */
    static String origin(Handle handle) {
        return "stepzero.dev/ledger/"
                + handle.createQuery("select id from ledger.identity")
                        .mapTo(String.class)
                        .one();
    }
}
