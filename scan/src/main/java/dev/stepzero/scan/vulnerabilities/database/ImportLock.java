package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;

/** Held by the one import that may change the database; the operating system takes it from a process that dies. */
final class ImportLock implements AutoCloseable {
    static final String EXTENSION = ".bin";

    private final Path directory;
    private final FileChannel channel;

    private ImportLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Takes the lock. @throws UserError if another import holds it */
    static ImportLock of(Path directory) throws IOException {
        var channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new ImportLock(directory, channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw taken(directory).because(e);
        }
        channel.close();
        throw taken(directory);
    }

    private static UserError taken(Path directory) {
        return UserError.engine("another import is under way")
                .at(directory.toString())
                .fix("wait until it has ended");
    }

    /** Deletes the files that a catalogue does not name: of an import that was cut, or of the database before this. */
    void sweep(Catalogue catalogue) throws IOException {
        var named = new HashSet<>(catalogue.files());
        List<Path> files;
        try (var listed = Files.list(directory)) {
            files = listed.toList();
        }
        for (var file : files) {
            var name = String.valueOf(file.getFileName());
            if (name.endsWith(EXTENSION) && !named.contains(name)) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
