package dev.stepzero.store.embedded;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** What a cluster keeps in its directory. */
record ClusterFiles(Path directory) {
    private static final int PASSWORD_BYTES = 32;

    /** Makes the directory, readable by its owner alone, unless it is there. */
    static ClusterFiles in(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            return new ClusterFiles(directory.toRealPath());
        } catch (IOException e) {
            throw notWritable(directory, e);
        }
    }

    Path data() {
        return directory.resolve("data");
    }

    Path initialising() {
        return directory.resolve("initialising");
    }

    /** The superuser's password, generated at the first call. */
    String password() {
        return read("password").orElseGet(() -> {
            var bytes = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(bytes);
            var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            write("password", password);
            return password;
        });
    }

    Optional<Integer> port() {
        return read("port").map(text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw UserError.engine("not a port: " + text)
                        .at(directory.resolve("port").toString())
                        .fix("delete the file; another port is chosen then");
            }
        });
    }

    void keepPort(int port) {
        write("port", Integer.toString(port));
    }

    private Optional<String> read(String name) {
        var file = directory.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw notWritable(file, e);
        }
    }

    private void write(String name, String content) {
        var file = directory.resolve(name);
        var partial = directory.resolve(name + ".partial");
        try {
            Files.deleteIfExists(partial);
            Files.createFile(
                    partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(partial, content);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw notWritable(file, e);
        }
    }

    private static UserError notWritable(Path path, IOException cause) {
        return UserError.engine("cannot keep a database here: " + cause)
                .at(path.toString())
                .fix("let the user who runs stepzero write there, see that the disk is not full, or set STEPZERO_HOME")
                .because(cause);
    }
}
