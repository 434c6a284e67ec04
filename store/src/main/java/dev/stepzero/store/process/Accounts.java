package dev.stepzero.store.process;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The users of this host. */
public final class Accounts {
    private static final Path PASSWD = Path.of("/etc/passwd");

    private Accounts() {}

    /** The number of the user whom our own processes belong to. */
    public static int current() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw UserError.engine("cannot tell which user runs stepzero: /proc is not there")
                    .fix("run stepzero on Linux with /proc mounted")
                    .because(e);
        }
    }

    /** Whether a user of this number has a name. */
    public static boolean hasName(int uid) {
        return passwd().stream()
                .map(line -> line.split(":", -1))
                .anyMatch(fields -> fields.length > 2 && fields[2].equals(Integer.toString(uid)));
    }

    /** The number of a user who has a name and owns nothing: {@code nobody}. */
    public static Optional<Integer> nobody() {
        return passwd().stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 2 && fields[0].equals("nobody"))
                .map(fields -> Integer.valueOf(fields[2]))
                .findFirst();
    }

    /** What to put before a command so that it runs as nobody by name and as ourselves by its rights. */
    public static List<String> inUserNamespace() {
        var nobody = nobody().orElse(65534);
        return List.of("unshare", "--user", "--map-user=" + nobody, "--map-group=" + nobody, "--");
    }

    private static List<String> passwd() {
        try {
            return Files.readAllLines(PASSWD, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
