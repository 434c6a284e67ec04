package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files that containers see. They stand in directories that are mounted one by one and that any user may read, as
 * inside a container the reader is another user; on the host the environment's home, of mode 0700, hides them.
 */
final class Staging {
    private final Path home;

    /** @param home the environment's own directory */
    Staging(Path home) {
        this.home = home;
    }

    /** A directory with exactly these files, each replaced at once when its content differs. */
    Path files(String name, Map<String, String> contents) {
        var directory = open(name, "rwxr-xr-x");
        try {
            for (var file : contents.entrySet()) {
                replace(directory, file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            try (var there = Files.newDirectoryStream(directory)) {
                for (var file : there) {
                    if (!contents.containsKey(String.valueOf(file.getFileName()))) {
                        Files.delete(file);
                    }
                }
            }
            return directory;
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /** What a file of such a directory says; empty when it is not there. */
    Optional<String> read(String name, String file) {
        var path = root().resolve(name).resolve(file);
        try {
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    /** A directory into which a container may write. */
    Path writable(String name) {
        return open(name, "rwxrwxrwx");
    }

    /** One digest over names and contents. */
    static Digest digest(Map<String, String> contents) {
        return Digest.of(new TreeMap<>(contents).toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Takes all directories away. */
    void remove() {
        delete(root());
    }

    /** Takes a directory and all that is below it away, without following links. */
    static void delete(Path directory) {
        try (var below = Files.walk(directory)) {
            for (var path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // It is gone already.
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private Path root() {
        return home.resolve("containers");
    }

    private Path open(String name, String mode) {
        var directory = root().resolve(name);
        try {
            Files.createDirectories(home);
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
            return directory;
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static void replace(Path directory, String name, byte[] content) throws IOException {
        var file = directory.resolve(name);
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        var fresh = Files.createTempFile(directory, ".new-", "");
        Files.write(fresh, content);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("r--r--r--"));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static UserError unwritable(Path directory, IOException cause) {
        return UserError.engine("cannot keep the environment's files: " + cause)
                .at(directory.toString())
                .fix("let the user who runs stepzero write there and see that the disk is not full")
                .because(cause);
    }
}
