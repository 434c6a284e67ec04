package dev.stepzero.ship.engine;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells from a failure that a disk is full, which the user can mend, wherever in a step it came to light. */
final class FullDisk {
    // What the C library says; Java passes it on as text alone.
    private static final List<String> SAYINGS = List.of("No space left on device", "Disk quota exceeded");

    private FullDisk() {}

    /** The failure as the user should read it; empty when it has another cause. */
    static Optional<UserError> in(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(100)
                .filter(IOException.class::isInstance)
                .filter(cause -> SAYINGS.stream().anyMatch(String.valueOf(cause.getMessage())::contains))
                .findFirst()
                .map(FullDisk::error);
    }

    private static UserError error(Throwable cause) {
        var error = UserError.engine("the disk is full: " + cause.getMessage())
                .fix("free some space and run the same command: it goes on where it was")
                .because(cause);
        return cause instanceof FileSystemException named && named.getFile() != null
                ? error.at(named.getFile())
                : error;
    }
}
