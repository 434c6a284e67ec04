package dev.stepzero.guard.secrets;

import static dev.stepzero.guard.secrets.Vaults.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.KeyEncryptionKey.Wrapped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The transit engine's answers as its documentation shows them. */
class VaultKeyTest {
    private static final SecretVersion VERSION =
            new SecretVersion(id("invoicer", "production", "smoke", "API_TOKEN"), 1);
    private static final byte[] DATA_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Wrapped WRAPPED = new Wrapped(
            "vault:transit/stepzero", Ciphertext.of("vault:v1:abcdefgh".getBytes(StandardCharsets.US_ASCII)));

    @TempDir
    Path directory;

    private RecordedService vault;
    private VaultKey key;

    @BeforeEach
    void start() throws Exception {
        vault = new RecordedService("application/json");
        key = VaultKey.of(
                "transit/stepzero", Map.of("VAULT_ADDR", vault.address().toString(), "VAULT_TOKEN", "hvs.token"));
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void aKeyIsWrappedBoundToItsVersion() throws Exception {
        vault.answer(200, "{\"request_id\":\"1\",\"data\":{\"ciphertext\":\"vault:v1:abcdefgh\",\"key_version\":1}}");

        var wrapped = key.wrap(DATA_KEY, VERSION);

        assertThat(new String(wrapped.key().bytes(), StandardCharsets.US_ASCII)).isEqualTo("vault:v1:abcdefgh");
        assertThat(wrapped.keyId()).isEqualTo("vault:transit/stepzero");
        var asked = vault.asked(0);
        assertThat(asked.path()).isEqualTo("/v1/transit/encrypt/stepzero");
        assertThat(asked.token()).isEqualTo("hvs.token");
        var question = JsonMapper.shared().readTree(asked.body());
        assertThat(Base64.getDecoder().decode(question.get("plaintext").asString()))
                .isEqualTo(DATA_KEY);
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(question.get("associated_data").asString()),
                        StandardCharsets.ISO_8859_1))
                .contains("invoicer")
                .contains("API_TOKEN");
    }

    @Test
    void aKeyIsUnwrapped() throws Exception {
        vault.answer(
                200,
                "{\"data\":{\"plaintext\":\"%s\"}}"
                        .formatted(Base64.getEncoder().encodeToString(DATA_KEY)));

        assertThat(key.unwrap(WRAPPED, VERSION)).contains(DATA_KEY);
        assertThat(vault.asked(0).path()).isEqualTo("/v1/transit/decrypt/stepzero");
    }

    @Test
    void whatVaultCannotAuthenticateWasAltered() throws Exception {
        vault.answer(400, "{\"errors\":[\"cipher: message authentication failed\"]}");

        assertThat(key.unwrap(WRAPPED, VERSION)).isEmpty();
    }

    @Test
    void aVaultThatRefusesOrIsSealedIsNoTampering() {
        for (var answer : List.of(
                Map.entry(403, "{\"errors\":[\"permission denied\"]}"),
                Map.entry(503, "{\"errors\":[\"Vault is sealed\"]}"),
                Map.entry(400, "{\"errors\":[\"encryption key not found\"]}"),
                Map.entry(200, "<html>"),
                Map.entry(200, "{\"data\":{\"plaintext\":\"%%%\"}}"))) {
            vault.answer(answer.getKey(), answer.getValue());

            assertThatThrownBy(() -> key.unwrap(WRAPPED, VERSION))
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith("Vault ")
                    .hasMessageNotContaining("hvs.token");
        }
    }

    @Test
    void aHugeAnswerIsNotRead() {
        vault.answer(200, "{\"data\":\"" + "x".repeat(100_000) + "\"}");

        assertThatThrownBy(() -> key.wrap(DATA_KEY, VERSION)).isInstanceOf(UserError.class);
    }

    @Test
    void aVaultThatDoesNotAnswerIsSaid() {
        vault.close();

        assertThatThrownBy(() -> key.wrap(DATA_KEY, VERSION))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void plainHttpIsForThisMachineOnly() {
        for (var address : List.of("http://vault.example.org:8200", "http://10.0.0.1", "vault:8200", "", "https://")) {
            assertThatThrownBy(() ->
                            VaultKey.of("transit/stepzero", Map.of("VAULT_ADDR", address, "VAULT_TOKEN", "hvs.token")))
                    .isInstanceOf(UserError.class)
                    .hasMessage("not the address of a Vault");
        }
    }

    @Test
    void theTokenMayComeFromAStrictFile() throws Exception {
        var file = Files.writeString(directory.resolve("token"), "hvs.token\n");
        var environment = Map.of("VAULT_ADDR", vault.address().toString(), "VAULT_TOKEN_FILE", file.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> VaultKey.of("transit/stepzero", environment)).isInstanceOf(UserError.class);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        vault.answer(200, "{\"data\":{\"ciphertext\":\"vault:v1:x\"}}");
        VaultKey.of("transit/stepzero", environment).wrap(DATA_KEY, VERSION);

        assertThat(vault.asked(0).token()).isEqualTo("hvs.token");
    }
}
