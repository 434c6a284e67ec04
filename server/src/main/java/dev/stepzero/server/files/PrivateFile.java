package dev.stepzero.server.files;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Reads and writes files that strangers on this machine must not read. */
public final class PrivateFile {
    private static final int LARGEST = 1 << 20;
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ENTERS = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> STRANGERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private PrivateFile() {}

    /**
     * Reads a file, at most a megabyte. A group may read it too, as services on Debian often share keys so.
     *
     * @throws UserError if it cannot be read, or strangers can
     */
    public static byte[] read(Path file) {
        try {
            var permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(STRANGERS::contains)) {
                throw UserError.unreadable(
                                "others have access to it: its mode is " + PosixFilePermissions.toString(permissions))
                        .at(file.toString())
                        .fix("chmod 600 " + file + ", and change what is in it if somebody may have read it");
            }
            try (var in = Files.newInputStream(file)) {
                var bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw UserError.unreadable("it is larger than a megabyte").at(file.toString());
                }
                return bytes;
            }
        } catch (IOException e) {
            throw UserError.unreadable("cannot read " + file)
                    .at(file.toString())
                    .fix("name a file that the user who runs stepzero may read")
                    .because(e);
        }
    }

    /** Writes a file that only its owner reads, in one move: who reads meanwhile sees the former content whole. */
    public static void write(Path file, byte[] content) {
        var directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        var draft = directory.resolve(".draft-" + UUID.randomUUID());
        try {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ENTERS));
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var channel = FileChannel.open(draft, options, PosixFilePermissions.asFileAttribute(OWNER))) {
                for (var left = ByteBuffer.wrap(content); left.hasRemaining(); ) {
                    channel.write(left);
                }
                channel.force(true);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw UserError.engine("cannot write " + file + ": " + e)
                    .at(file.toString())
                    .fix("let the user who runs stepzero write there")
                    .because(e);
        }
    }
}
