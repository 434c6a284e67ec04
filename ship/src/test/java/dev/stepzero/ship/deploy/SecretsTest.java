package dev.stepzero.ship.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @TempDir
    Path home;

    @Test
    void aSecretHas256BitsAndStaysTheSame() throws Exception {
        var first = Files.readString(Secrets.in(home.resolve("secrets")).file("cookie-key"));

        var again = Files.readString(Secrets.in(home.resolve("secrets")).file("cookie-key"));

        assertThat(first).matches("[A-Za-z0-9_-]{43}").isEqualTo(again);
        assertThat(Files.readString(Secrets.in(home.resolve("secrets")).file("other")))
                .isNotEqualTo(first);
    }

    @Test
    void onlyItsOwnerReadsItAndNobodyWritesIt() throws Exception {
        var file = Secrets.in(home.resolve("secrets")).file("cookie-key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secrets"))))
                .isEqualTo("rwx------");
    }

    @Test
    void thoseWhoAskAtOnceGetTheSameSecret() {
        var values = ConcurrentHashMap.<String>newKeySet();

        IntStream.range(0, 64).parallel().forEach(number -> {
            try {
                values.add(Files.readString(Secrets.in(home.resolve("secrets")).file("shared")));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        assertThat(values).hasSize(1);
        assertThat(home.resolve("secrets")).isDirectoryContaining("glob:**shared");
        assertThat(home.resolve("secrets")).isDirectoryNotContaining("glob:**.new-*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../escape", "a/b", ".new-1", "a b"})
    void aNameThatIsNoPlainNameIsRefused(String name) {
        assertThatThrownBy(() -> Secrets.in(home).file(name)).isInstanceOf(UserError.class);
    }
}
