package dev.stepzero.guard.secrets;

import dev.stepzero.core.UserError;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/**
 * A symmetric key of AWS KMS, which never leaves it. What is wrapped is bound to its version by the encryption context,
 * so AWS CloudTrail tells which secret was read. Region, credentials and endpoint are found as every AWS program finds
 * them ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL_KMS} and so on).
 */
final class AwsKey implements KeyEncryptionKey {
    private static final String KIND = "awskms:";
    private static final Duration CALL = Duration.ofSeconds(20);

    private final Supplier<KmsClient> client;
    private final String key;

    /** @param client makes a client for each call; secrets are wrapped and unwrapped rarely */
    AwsKey(Supplier<KmsClient> client, String key) {
        this.client = client;
        this.key = key;
    }

    /** @param key the key's ARN, id or alias */
    static AwsKey of(String key) {
        return new AwsKey(
                () -> KmsClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .overrideConfiguration(settings -> settings.apiCallTimeout(CALL))
                        .build(),
                key);
    }

    @Override
    public Wrapped wrap(byte[] dataKey, SecretVersion version) {
        try (var kms = client.get()) {
            var answer = kms.encrypt(request -> request.keyId(key)
                    .plaintext(SdkBytes.fromByteArray(dataKey))
                    .encryptionContext(version.words()));
            return new Wrapped(KIND + key, Ciphertext.of(answer.ciphertextBlob().asByteArray()));
        } catch (SdkException e) {
            throw failed("wrap", e);
        }
    }

    @Override
    public boolean unwraps(String keyId) {
        return keyId.equals(KIND + key);
    }

    @Override
    public Optional<byte[]> unwrap(Wrapped wrapped, SecretVersion version) {
        try (var kms = client.get()) {
            var answer = kms.decrypt(request -> request.keyId(key)
                    .ciphertextBlob(SdkBytes.fromByteArray(wrapped.key().bytes()))
                    .encryptionContext(version.words()));
            return Optional.of(answer.plaintext().asByteArray());
        } catch (InvalidCiphertextException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failed("unwrap", e);
        }
    }

    /** Unknown: KMS rotates behind the same name. */
    @Override
    public Optional<String> currentId() {
        return Optional.empty();
    }

    private UserError failed(String work, SdkException e) {
        var fix = e instanceof SdkClientException
                ? "see that AWS_REGION, the credentials and the way to the endpoint are right"
                : "let this identity use kms:Encrypt and kms:Decrypt on the key";
        return UserError.engine("AWS KMS does not %s a key: %s".formatted(work, e.getMessage()))
                .at(KIND + key)
                .fix(fix)
                .because(e);
    }
}
