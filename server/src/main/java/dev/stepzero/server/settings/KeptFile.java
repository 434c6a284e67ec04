package dev.stepzero.server.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Something below the server's home that belongs into a backup.
 *
 * @param without what is lost without it
 * @param since when it was last written; empty if it is not there
 */
public record KeptFile(Path path, String without, Optional<Instant> since) {
    static KeptFile at(Path path, String without) {
        try {
            return new KeptFile(
                    path, without, Optional.of(Files.getLastModifiedTime(path).toInstant()));
        } catch (IOException e) {
            return new KeptFile(path, without, Optional.empty());
        }
    }
}
