package dev.stepzero.guard.secrets;

import static dev.stepzero.guard.secrets.Vaults.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    private static final SecretVersion ONE = new SecretVersion(id("invoicer", "production", "smoke", "API_TOKEN"), 1);
    private static final SecretVersion TWO = new SecretVersion(ONE.id(), 2);
    private static final byte[] DATA_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    private Path file;
    private KeyFile key;

    @BeforeEach
    void open() {
        file = directory.resolve("secrets/key");
        key = new KeyFile(file, new SecureRandom());
    }

    @Test
    void theFileIsMadeForItsOwnerAloneWhenItIsFirstNeeded() throws Exception {
        assertThat(key.currentId()).isEmpty();

        var wrapped = key.wrap(DATA_KEY, ONE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(""))))
                .isEqualTo("rwx------");
        assertThat(key.currentId()).contains(wrapped.keyId());
        assertThat(key.unwrap(wrapped, ONE)).contains(DATA_KEY);
    }

    @Test
    void whatIsWrappedForOneVersionIsNotUnwrappedForAnother() {
        assertThat(key.unwrap(key.wrap(DATA_KEY, ONE), TWO)).isEmpty();
    }

    @Test
    void afterARotationTheOldKeyStillUnwrapsUntilItIsForgotten() {
        var old = key.wrap(DATA_KEY, ONE);
        key.rotate();
        var fresh = key.wrap(DATA_KEY, ONE);

        assertThat(fresh.keyId()).isNotEqualTo(old.keyId());
        assertThat(key.unwrap(old, ONE)).contains(DATA_KEY);

        key.forgetAllBut(Set.of(fresh.keyId()));

        assertThat(key.unwraps(old.keyId())).isFalse();
        assertThat(key.unwrap(fresh, ONE)).contains(DATA_KEY);
    }

    @Test
    void theKeyThatWrapsIsNeverForgotten() {
        var wrapped = key.wrap(DATA_KEY, ONE);

        key.forgetAllBut(Set.of());

        assertThat(key.unwrap(wrapped, ONE)).contains(DATA_KEY);
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws Exception {
        key.wrap(DATA_KEY, ONE);

        for (var mode : List.of("rw-r-----", "rw----r--", "rwx------", "rw--w----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            refused("others have access to the key: its mode is " + mode);
        }
    }

    @Test
    void aFileThatOnlyItsOwnerMayReadIsGoodEnough() throws Exception {
        var wrapped = key.wrap(DATA_KEY, ONE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(key.unwrap(wrapped, ONE)).contains(DATA_KEY);
    }

    @Test
    void aLinkIsRefused() throws Exception {
        key.wrap(DATA_KEY, ONE);
        var elsewhere = directory.resolve("elsewhere");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere);

        refused("no plain file but a link");
    }

    @Test
    void aFileOfAnotherUserIsRefused() throws Exception {
        key.wrap(DATA_KEY, ONE);
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
        Files.setAttribute(file, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);

        refused("belongs to another user");
    }

    @Test
    void aFileInADirectoryThatOthersMayChangeIsRefused() throws Exception {
        key.wrap(DATA_KEY, ONE);
        Files.setPosixFilePermissions(file.resolveSibling(""), PosixFilePermissions.fromString("rwxrwx---"));

        refused("others can put another key in this one's place");
    }

    @Test
    void aBrokenFileIsRefusedWithoutBeingShown() throws Exception {
        key.wrap(DATA_KEY, ONE);
        for (var content : List.of("", "# nothing\n", "c2hvcnQ=\n", "not base64 at all\n", "\u0000\u0001")) {
            Files.writeString(file, content);

            assertThatThrownBy(() -> key.currentId())
                    .isInstanceOf(UserError.class)
                    .hasMessage("not a key of 32 bytes in Base64");
        }
    }

    @Test
    void aHugeFileIsRefused() throws Exception {
        key.wrap(DATA_KEY, ONE);
        Files.write(file, new byte[1 << 20]);

        refused("too large");
    }

    private void refused(String why) {
        assertThatThrownBy(() -> key.wrap(DATA_KEY, ONE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(why);
    }
}
