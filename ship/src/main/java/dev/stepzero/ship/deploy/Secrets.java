package dev.stepzero.ship.deploy;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.SecretValue;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The secrets of one environment's application, each in a file of its own that only its owner may read: values that were
 * stored for it, and otherwise random ones of 256 bits, made once. None is ever shown or logged, or held in memory longer
 * than it takes to write it.
 */
public final class Secrets {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final Set<PosixFilePermission> OWNER_READS = PosixFilePermissions.fromString("r--------");
    private static final Set<PosixFilePermission> OWNER_ENTERS = PosixFilePermissions.fromString("rwx------");
    private static final int BYTES = 32;

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    private Secrets(Path directory) {
        this.directory = directory;
    }

    /** The secrets in a directory, which is made with mode 0700 when the first of them is. */
    public static Secrets in(Path directory) {
        return new Secrets(directory);
    }

    /**
     * The file, of mode 0400, that holds a secret as 43 URL-safe characters without a line feed; generated at the first
     * call, the same for whoever asks at the same time.
     *
     * @throws UserError if the name holds other characters than letters, digits, {@code _}, {@code .} and {@code -}, or
     *     the directory cannot be written
     */
    public Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw UserError.unreadable("not a name for a secret: " + name)
                    .fix("use letters, digits, _, . and -, at most 64 of them, and begin with a letter or digit");
        }
        var file = directory.resolve(name);
        try {
            if (!Files.exists(file)) {
                generate(file);
            }
            return file;
        } catch (IOException e) {
            throw unkept(file, e);
        }
    }

    /**
     * Puts a value that was stored elsewhere into the place of what was generated or given before.
     *
     * @return whether it is another one than before
     * @throws UserError as {@link #file}
     */
    public boolean give(String name, SecretValue value) {
        var file = file(name);
        var bytes = value.copy();
        try {
            if (Arrays.equals(bytes, Files.readAllBytes(file))) {
                return false;
            }
            var complete = draft();
            Files.write(complete, bytes);
            Files.setPosixFilePermissions(complete, OWNER_READS);
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            throw unkept(file, e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private Path draft() throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return Files.createTempFile(directory, ".new-", "", owner);
    }

    private static UserError unkept(Path file, IOException e) {
        return UserError.engine("cannot keep a secret: " + e)
                .at(file.toString())
                .fix("let the user who runs stepzero write there and see that the disk is not full")
                .because(e);
    }

    private void generate(Path file) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, OWNER_ENTERS);
        }
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var complete = draft();
        try {
            Files.writeString(complete, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            Files.setPosixFilePermissions(complete, OWNER_READS);
            // A link, unlike a move, never takes the place of what another one made meanwhile.
            Files.createLink(file, complete);
        } catch (FileAlreadyExistsException e) {
            // Somebody else was first; theirs is the secret.
        } finally {
            Files.delete(complete);
        }
    }

    @Override
    public String toString() {
        return "secrets in " + directory;
    }
}
