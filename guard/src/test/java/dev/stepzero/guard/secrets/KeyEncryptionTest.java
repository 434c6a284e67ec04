package dev.stepzero.guard.secrets;

import static dev.stepzero.guard.secrets.Vaults.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
class KeyEncryptionTest {
    private static final SecretId TOKEN = id("invoicer", "production", "smoke", "API_TOKEN");

    @TempDir
    Path directory;

    private Jdbi jdbi;
    private Vaults vaults;

    @BeforeEach
    void store(Jdbi jdbi) throws Exception {
        this.jdbi = jdbi;
        jdbi.useHandle(handle -> handle.execute("delete from secret"));
        vaults = new Vaults(jdbi, directory);
        vaults.create(TOKEN, "correct horse");
        vaults.rotate(TOKEN, "battery staple", Duration.ofHours(1));
    }

    @Test
    void aNewKeyWrapsEverythingAnewWithoutEncryptingItAnew() throws Exception {
        var sealed = column("sealed");
        var wrapped = column("wrapped_key");
        vaults.key.rotate();

        assertThat(vaults.store.rewrap("alice")).isEqualTo(2);

        assertThat(column("sealed")).isEqualTo(sealed);
        assertThat(column("wrapped_key")).doesNotContainAnyElementsOf(wrapped);
        assertThat(vaults.read(TOKEN)).isEqualTo("battery staple");
    }

    @Test
    void afterwardsTheOldKeyIsForgotten() throws Exception {
        var before = vaults.store.versions(TOKEN).getFirst().keyId();
        vaults.key.rotate();
        vaults.store.rewrap("alice");

        assertThat(vaults.key.unwraps(before)).isFalse();
        assertThat(Files.readAllLines(directory.resolve("keys/secrets")).stream()
                        .filter(line -> !line.startsWith("#")))
                .hasSize(1);
    }

    @Test
    void wrappingAnewWithTheSameKeyDoesNothing() throws Exception {
        assertThat(vaults.store.rewrap("alice")).isZero();
    }

    @Test
    void aFormerKeyUnwrapsWhatAnotherOneWrapsFromNowOn() throws Exception {
        var other = new KeyFile(directory.resolve("other/key"), new SecureRandom());
        var moved = new Vaults(jdbi, other, List.of(vaults.key));

        assertThat(moved.read(TOKEN)).isEqualTo("battery staple");
        assertThat(moved.store.rewrap("alice")).isEqualTo(2);

        assertThat(new Vaults(jdbi, other, List.of()).read(TOKEN)).isEqualTo("battery staple");
    }

    @Test
    void aLostKeyIsSaidToBeLost() throws Exception {
        Files.delete(directory.resolve("keys/secrets"));

        assertThatThrownBy(() -> vaults.read(TOKEN))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is wrapped by 'file:")
                .hasMessageContaining("not configured");
    }

    @Test
    void rowsWithAnInventedKeyAreNotUnwrapped() {
        jdbi.useHandle(handle -> handle.execute("update secret_version set key_id = 'awskms:arn:aws:kms:evil'"));

        assertThatThrownBy(() -> vaults.read(TOKEN))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("awskms:arn:aws:kms:evil");
    }

    @Test
    void withoutAVariableTheKeyIsBelowTheHomeDirectory() throws Exception {
        var encryption = KeyEncryption.of(new Home(directory.resolve("home")), Map.of());

        encryption.current().wrap(new byte[32], new SecretVersion(TOKEN, 1));

        assertThat(directory.resolve("home/secrets/key")).exists();
    }

    @Test
    void aVariableNamesAnotherKey() {
        var home = new Home(directory);

        assertThat(KeyEncryption.of(home, Map.of(KeyEncryption.KEY, "awskms:alias/stepzero"))
                        .current())
                .isInstanceOf(AwsKey.class);
        var both = KeyEncryption.of(
                home,
                Map.of(
                        KeyEncryption.KEY,
                        "vault:transit/stepzero",
                        KeyEncryption.FORMER_KEYS,
                        "file:/one, file:/two",
                        "VAULT_ADDR",
                        "https://vault.example.org:8200",
                        "VAULT_TOKEN",
                        "hvs.token"));
        assertThat(both.current()).isInstanceOf(VaultKey.class);
        assertThat(both.former()).hasSize(2);
    }

    @Test
    void aNameThatMakesNoSenseIsRefused() {
        for (var name : List.of("gcpkms:x", "file:", "plain", ":", "vault:no-slash", "vault:../../sys/seal")) {
            assertThatThrownBy(() -> KeyEncryption.of(new Home(directory), Map.of(KeyEncryption.KEY, name)))
                    .isInstanceOf(UserError.class);
        }
    }

    private List<String> column(String name) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select encode(" + name + ", 'hex') from secret_version order by version")
                        .mapTo(String.class)
                        .list());
    }
}
