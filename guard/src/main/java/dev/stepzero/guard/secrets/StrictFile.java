package dev.stepzero.guard.secrets;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * A file that only whoever runs this may read: its mode is 0600 or 0400, it is theirs, it is no link, and nobody else
 * can put another one in its place.
 */
final class StrictFile {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ENTERS = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final int LARGEST = 64 * 1024;
    private static final int ROOT = 0;

    private final Path file;

    StrictFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    Path path() {
        return file;
    }

    boolean exists() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    byte[] read() {
        try {
            requireStrict();
            try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                var bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw refused("the file is too large for keys", "bring the file back from a backup");
                }
                return bytes;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Makes the file unless it is there; false when somebody was faster. */
    boolean create(byte[] content) {
        try {
            if (!Files.isDirectory(directory())) {
                Files.createDirectories(directory(), PosixFilePermissions.asFileAttribute(OWNER_ENTERS));
            }
            var draft = draft(content);
            try {
                Files.createLink(file, draft);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Puts another content in the file's place in one move. */
    void replace(byte[] content) {
        try {
            requireStrict();
            Files.move(draft(content), file, StandardCopyOption.ATOMIC_MOVE);
            synchronise();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Path draft(byte[] content) throws IOException {
        var draft = directory().resolve(".draft-" + UUID.randomUUID());
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(draft, options, PosixFilePermissions.asFileAttribute(OWNER))) {
            for (var left = ByteBuffer.wrap(content); left.hasRemaining(); ) {
                channel.write(left);
            }
            channel.force(true);
            return draft;
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    private void synchronise() throws IOException {
        try (var channel = FileChannel.open(directory(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void requireStrict() throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(
                    exists() ? "the key is no plain file but a link or a directory" : "the key file is not there",
                    exists()
                            ? "name the file itself"
                            : "bring it back from a backup; without it no secret can be read");
        }
        var permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (!OWNER.containsAll(permissions)) {
            throw refused(
                    "others have access to the key: its mode is " + PosixFilePermissions.toString(permissions),
                    "if nobody else can have read it: chmod 600 " + file + "; then rotate the secrets anyway");
        }
        int us = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (owner(file) != us) {
            throw refused("the key belongs to another user", "chown it to the user who runs stepzero");
        }
        var above = owner(directory());
        if ((above != us && above != ROOT)
                || Files.getPosixFilePermissions(directory()).stream().anyMatch(OTHERS_WRITE::contains)) {
            throw refused(
                    "others can put another key in this one's place",
                    "chmod go-w " + directory() + ", and let the user who runs stepzero own it");
        }
    }

    private Path directory() {
        return file.resolveSibling("");
    }

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private UserError refused(String what, String fix) {
        return UserError.engine(what).at(file.toString()).fix(fix);
    }

    private UserError failed(IOException e) {
        return UserError.engine("cannot keep the key to the secrets: " + e)
                .at(file.toString())
                .fix("let the user who runs stepzero own the directory, on a file system with POSIX permissions")
                .because(e);
    }
}
