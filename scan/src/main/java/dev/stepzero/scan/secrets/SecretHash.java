package dev.stepzero.scan.secrets;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names a credential without telling it: an HMAC under a key that whoever reads a report does not have, so that a short
 * password cannot be found by trying. A team's machines agree on it by a key in the repository: who can read that can read
 * the credential too.
 */
final class SecretHash {
    /** The key of a repository, in its root. */
    static final String SHARED = "stepzero-secrets.key";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int NAME_BYTES = 8;

    private final byte[] key;
    private final boolean shared;

    private SecretHash(byte[] key, boolean shared) {
        this.key = key;
        this.shared = shared;
    }

    /** Under the key of the repository, or else of the installation, which is made at its first use. */
    static SecretHash of(List<Path> upwards, Home home) {
        for (var directory : upwards) {
            var file = directory.resolve(SHARED);
            if (Files.isRegularFile(file)) {
                return new SecretHash(read(file), true);
            }
        }
        var own = home.root().resolve("secrets-scan.key");
        try {
            if (!Files.exists(own)) {
                write(own);
            }
            return new SecretHash(read(own), false);
        } catch (IOException e) {
            // Nothing can be kept here, as in a read-only container: good for this run.
            return new SecretHash(random(), false);
        }
    }

    /** Makes a key for a repository. @return false if there is one */
    static boolean share(Path root) throws IOException {
        var file = root.resolve(SHARED);
        if (Files.exists(file)) {
            return false;
        }
        Files.writeString(
                file,
                "# Names found secrets in reports without telling them. Commit it: it opens nothing.\n"
                        + Base64.getEncoder().encodeToString(random()) + "\n",
                StandardOpenOption.CREATE_NEW);
        return true;
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
            Files.writeString(file, Base64.getEncoder().encodeToString(random()) + "\n");
        } catch (FileAlreadyExistsException e) {
            // Another scan was first.
        }
    }

    private static byte[] read(Path file) {
        try {
            var text = Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
                    .filter(line -> !line.startsWith("#"))
                    .findFirst()
                    .orElse("");
            var key = Base64.getDecoder().decode(text.strip());
            if (key.length >= KEY_BYTES) {
                return key;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw broken(file).because(e);
        }
        throw broken(file);
    }

    private static UserError broken(Path file) {
        return UserError.unreadable("this is no key for naming secrets")
                .at(file.toString())
                .fix("delete it, and have a new one made: stepzero hook install");
    }

    private static byte[] random() {
        var bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Whether other machines name secrets of this repository alike. */
    boolean isShared() {
        return shared;
    }

    /** Whether a text may be the name of a credential. */
    static boolean isName(String text) {
        return text.length() == 2 * NAME_BYTES
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** The name of a credential of some kind. */
    String of(String rule, String value) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(rule.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(value.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(mac.doFinal(), 0, NAME_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must offer " + ALGORITHM, e);
        }
    }
}
