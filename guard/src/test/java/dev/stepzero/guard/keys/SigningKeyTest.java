package dev.stepzero.guard.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.stepzero.core.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    private static final byte[] MESSAGE = "a message".getBytes(UTF_8);

    @TempDir
    Path temporary;

    private Path directory;
    private Path file;

    @BeforeEach
    void nameFiles() {
        directory = temporary.resolve("home/keys");
        file = directory.resolve("signing.pem");
    }

    @Test
    void theFirstUseMakesAKeyThatOnlyItsOwnerCanRead() throws Exception {
        var key = SigningKey.in(directory);

        assertThat(key.verification().id()).matches("SHA256:[A-Za-z0-9+/]{43}");
        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(file)).isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void everyLaterUseGivesTheSameKey() {
        var first = SigningKey.in(directory);
        var later = SigningKey.in(directory);

        assertThat(later.verification()).isEqualTo(first.verification());
        assertThat(first.verification().verifies(MESSAGE, later.sign(MESSAGE))).isTrue();
    }

    @Test
    void manyThatUseItFirstAtTheSameTimeGetTheSameKey() throws Exception {
        var together = new CyclicBarrier(8);
        Callable<VerificationKey> use = () -> {
            together.await();
            return SigningKey.in(directory).verification();
        };

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var keys = threads.invokeAll(Stream.generate(() -> use).limit(8).toList());
            assertThat(keys.stream().map(key -> key.resultNow()).distinct()).hasSize(1);
        }
    }

    @Test
    void anotherMessageOrAnotherKeyDoesNotVerify() {
        var key = SigningKey.in(directory);
        var other = SigningKey.in(temporary.resolve("other"));
        var signature = key.sign(MESSAGE);

        assertThat(key.verification().verifies("another".getBytes(UTF_8), signature))
                .isFalse();
        assertThat(other.verification().verifies(MESSAGE, signature)).isFalse();
        assertThat(key.verification().verifies(MESSAGE, new byte[0])).isFalse();
        assertThat(key.verification().verifies(MESSAGE, new byte[72])).isFalse();
    }

    @Test
    void aKeyThatOthersCanReadIsRefusedWithTheWayToMendIt() throws Exception {
        SigningKey.in(directory);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        var refusal = assertThatThrownBy(() -> SigningKey.in(directory))
                .hasMessageContaining("rw-r-----")
                .asInstanceOf(type(UserError.class));

        refusal.extracting(e -> e.fix().orElseThrow()).asString().contains("chmod 600 " + file);
    }

    @Test
    void aDirectoryThatOthersCanEnterIsRefused() throws Exception {
        SigningKey.in(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> SigningKey.in(directory))
                .asInstanceOf(type(UserError.class))
                .extracting(e -> e.fix().orElseThrow())
                .asString()
                .contains("chmod 700 " + directory);
    }

    @Test
    void aBrokenFileIsRefusedAndNeverReplaced() throws Exception {
        SigningKey.in(directory);
        var whole = Files.readString(file);
        var publicKey = SigningKey.in(temporary.resolve("other")).verification().pem();

        for (var broken : Stream.of(
                        "",
                        "x".repeat(20_000),
                        whole.replace("PRIVATE", "ENCRYPTED PRIVATE"),
                        whole.substring(0, whole.indexOf("-----BEGIN PUBLIC")),
                        whole.replaceFirst("KEY-----\n....", "KEY-----\n????"),
                        whole.replaceFirst("KEY-----\n....", "KEY-----\nAAAA"),
                        whole + whole,
                        whole.substring(0, whole.indexOf("-----BEGIN PUBLIC")) + publicKey)
                .toList()) {
            Files.writeString(file, broken);

            assertThatThrownBy(() -> SigningKey.in(directory))
                    .asInstanceOf(type(UserError.class))
                    .satisfies(e -> assertThat(e.where()).contains(file.toString()))
                    .satisfies(e -> assertThat(e.fix()).isPresent());
            assertThat(file).hasContent(broken);
        }
    }

    @Test
    void aPlaceWhereNothingCanBeKeptIsRefused() throws Exception {
        var occupied = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> SigningKey.in(occupied)).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> SigningKey.in(occupied.resolve("keys"))).isInstanceOf(UserError.class);
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
