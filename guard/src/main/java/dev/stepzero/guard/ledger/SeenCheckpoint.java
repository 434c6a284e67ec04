package dev.stepzero.guard.ledger;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * A file with the newest checkpoint that was seen from this machine. It stands outside of the database, so that a ledger
 * that is brought back to an earlier state does not fit it any more.
 */
public final class SeenCheckpoint {
    private final Path file;

    public SeenCheckpoint(Path file) {
        this.file = file;
    }

    /**
     * What the file holds.
     *
     * @throws UserError if it holds no checkpoint
     */
    public Optional<SignedCheckpoint> read() {
        try {
            return Optional.of(SignedCheckpoint.parse(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw UserError.unreadable("this is no checkpoint of a ledger: " + e.getMessage())
                    .at(file.toString())
                    .fix("stepzero audit checkpoint prints one; bring the file back from a backup")
                    .because(e);
        }
    }

    /** Takes a checkpoint over, unless a larger one was seen: what was seen once is never forgotten. */
    public void see(SignedCheckpoint newest) {
        var before = read();
        if (before.isPresent()
                && before.get().checkpoint().size() >= newest.checkpoint().size()) {
            return;
        }
        try {
            Files.createDirectories(file.resolveSibling(""));
            var draft = file.resolveSibling("." + UUID.randomUUID());
            try {
                Files.writeString(draft, newest.note());
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw UserError.engine("cannot keep the newest checkpoint: " + e.getMessage())
                    .at(file.toString())
                    .because(e);
        }
    }
}
