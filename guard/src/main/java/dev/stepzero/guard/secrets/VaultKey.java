package dev.stepzero.guard.secrets;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key of HashiCorp Vault's transit engine, which never leaves it: {@code POST /v1/MOUNT/encrypt/KEY}. What is wrapped
 * is bound to its version by {@code associated_data}, for which the key must be of an AEAD type (the default is).
 */
final class VaultKey implements KeyEncryptionKey {
    private static final String KIND = "vault:";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)+");
    private static final Duration CALL = Duration.ofSeconds(20);
    private static final int MOST_ANSWERED = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI vault;
    private final String token;
    private final Optional<String> namespace;
    private final String name;

    VaultKey(URI vault, String token, Optional<String> namespace, String name) {
        this.vault = vault;
        this.token = token;
        this.namespace = namespace;
        this.name = name;
    }

    /**
     * The key {@code MOUNT/KEY} of the Vault that {@code VAULT_ADDR}, {@code VAULT_TOKEN} or {@code VAULT_TOKEN_FILE},
     * and {@code VAULT_NAMESPACE} name.
     */
    static VaultKey of(String name, Map<String, String> environment) {
        if (!NAME.matcher(name).matches()) {
            throw UserError.usage("'%.100s' names no key of Vault".formatted(name))
                    .at(KeyEncryption.KEY)
                    .fix("write vault:MOUNT/KEY, such as vault:transit/stepzero");
        }
        var token = value(environment, "VAULT_TOKEN")
                .or(() -> value(environment, "VAULT_TOKEN_FILE").map(VaultKey::token))
                .orElseThrow(() -> UserError.usage("the token for Vault is missing")
                        .at("VAULT_TOKEN_FILE")
                        .fix("name a file of mode 0600 that holds it"));
        return new VaultKey(address(environment), token, value(environment, "VAULT_NAMESPACE"), name);
    }

    private static URI address(Map<String, String> environment) {
        try {
            var address = URI.create(value(environment, "VAULT_ADDR").orElse(""));
            var host = address.getHost();
            if (host != null && ("https".equals(address.getScheme()) || isLoopback(host))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw UserError.usage("not the address of a Vault")
                .at("VAULT_ADDR")
                .fix("write https://HOST:8200; plain http is for this machine only");
    }

    private static boolean isLoopback(String host) {
        try {
            return host.equals("localhost")
                    || InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String token(String file) {
        return new String(new StrictFile(Path.of(file)).read(), StandardCharsets.US_ASCII).strip();
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    @Override
    public Wrapped wrap(byte[] dataKey, SecretVersion version) throws InterruptedException {
        var answer = ask("encrypt", Map.of("plaintext", base64(dataKey), "associated_data", associated(version)))
                .path("data")
                .path("ciphertext")
                .asString("");
        if (answer.isEmpty()) {
            throw failed("answers without a ciphertext");
        }
        return new Wrapped(KIND + name, Ciphertext.of(answer.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public boolean unwraps(String keyId) {
        return keyId.equals(KIND + name);
    }

    @Override
    public Optional<byte[]> unwrap(Wrapped wrapped, SecretVersion version) throws InterruptedException {
        var ciphertext = new String(wrapped.key().bytes(), StandardCharsets.US_ASCII);
        var answer = ask("decrypt", Map.of("ciphertext", ciphertext, "associated_data", associated(version)));
        if (answer.isMissingNode()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder()
                    .decode(answer.path("data").path("plaintext").asString("")));
        } catch (IllegalArgumentException e) {
            throw failed("answers without a key").because(e);
        }
    }

    /** Unknown: Vault rotates behind the same name. */
    @Override
    public Optional<String> currentId() {
        return Optional.empty();
    }

    private static String associated(SecretVersion version) {
        return base64(version.bytes("vault"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The answer; a missing node where Vault says that what we sent is not what it once gave. */
    private JsonNode ask(String work, Map<String, String> question) throws InterruptedException {
        int slash = name.lastIndexOf('/');
        var path = "/v1/%s/%s/%s".formatted(name.substring(0, slash), work, name.substring(slash + 1));
        var request = HttpRequest.newBuilder(vault.resolve(path))
                .timeout(CALL)
                .header("X-Vault-Token", token)
                .header("X-Vault-Request", "true")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(question)));
        namespace.ifPresent(each -> request.header("X-Vault-Namespace", each));
        try (var client = HttpClient.newBuilder().connectTimeout(CALL).build()) {
            var answer = client.send(
                    request.build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_ANSWERED));
            return understand(work, answer);
        } catch (IOException | JacksonException e) {
            throw failed("does not answer: " + e).because(e);
        }
    }

    private JsonNode understand(String work, HttpResponse<byte[]> answer) {
        if (answer.statusCode() == 200) {
            return JSON.readTree(answer.body());
        }
        var errors = new String(answer.body(), StandardCharsets.UTF_8);
        // 400 is also its answer to a key that is not there or the wrong type, which must not look like tampering.
        if (answer.statusCode() == 400
                && work.equals("decrypt")
                && Stream.of("authentication failed", "invalid ciphertext").anyMatch(errors::contains)) {
            return JSON.missingNode();
        }
        throw failed("answers %d: %.300s".formatted(answer.statusCode(), errors.strip()));
    }

    private UserError failed(String what) {
        return UserError.engine("Vault " + what)
                .at(vault + " " + name)
                .fix("see that Vault is unsealed, and that the token's policy lets it update %s's encrypt and decrypt"
                        .formatted(name));
    }
}
