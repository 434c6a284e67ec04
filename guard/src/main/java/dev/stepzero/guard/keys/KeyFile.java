package dev.stepzero.guard.keys;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A file that nobody but its owner may read, in a directory that nobody else may enter. */
final class KeyFile {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final int LARGEST = 1 << 20;

    private final Path directory;
    private final Path file;

    KeyFile(Path directory, String name) {
        this.directory = directory.toAbsolutePath().normalize();
        this.file = this.directory.resolve(name);
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Puts another text in the file's place in one move, whether there was one before or not. */
    void replace(String text) {
        try {
            makeDirectory();
            requirePrivate(directory, DIRECTORY, "700");
            var draft = directory.resolve(".signing-" + UUID.randomUUID());
            try {
                write(draft, text);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
                synchronise(directory);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw cannotKeep(e);
        } catch (UnsupportedOperationException e) {
            throw notPrivate(e);
        }
    }

    /** The file's text. If there is no such file yet, it is made with the given text. */
    String readOr(Supplier<String> first) {
        try {
            makeDirectory();
            requirePrivate(directory, DIRECTORY, "700");
            if (Files.notExists(file)) {
                make(first.get());
            }
            requirePrivate(file, FILE, "600");
            return read();
        } catch (IOException e) {
            throw cannotKeep(e);
        } catch (UnsupportedOperationException e) {
            throw notPrivate(e);
        }
    }

    private UserError cannotKeep(IOException e) {
        return UserError.engine("cannot keep a signing key: " + e)
                .at(file.toString())
                .fix("let the user who runs stepzero own the directory and write to it")
                .because(e);
    }

    private UserError notPrivate(UnsupportedOperationException e) {
        return UserError.engine("the file system cannot keep a signing key from others")
                .at(file.toString())
                .fix("set STEPZERO_HOME to a file system with POSIX permissions and hard links")
                .because(e);
    }

    private void makeDirectory() throws IOException {
        Files.createDirectories(directory.resolveSibling(""));
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
        } catch (FileAlreadyExistsException e) {
            // It may be a link to a directory too; whatever else it is, the next step says so.
        }
    }

    /** Links the complete file to its name, which fails where another process was faster: its key is ours then. */
    private void make(String text) throws IOException {
        var draft = directory.resolve(".signing-" + UUID.randomUUID());
        try {
            write(draft, text);
            Files.createLink(file, draft);
            synchronise(directory);
        } catch (FileAlreadyExistsException e) {
            // The other's file is as good as this one.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void write(Path draft, String text) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(draft, options, PosixFilePermissions.asFileAttribute(FILE))) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void synchronise(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private String read() throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw UserError.unreadable("the file is too large to be a key")
                        .at(file.toString())
                        .fix("bring the file back from a backup, or move it away to get a new key");
            }
            return new String(bytes, StandardCharsets.US_ASCII);
        }
    }

    private static void requirePrivate(Path path, Set<PosixFilePermission> most, String mode) throws IOException {
        var permissions = Files.getPosixFilePermissions(path);
        if (!most.containsAll(permissions)) {
            throw UserError.unreadable("others have access to the signing key: its permissions are "
                            + PosixFilePermissions.toString(permissions))
                    .at(path.toString())
                    .fix("if nobody else can have read it: chmod %s %s; else move it away to get a new key"
                            .formatted(mode, path));
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
