package dev.stepzero.guard.secrets;

import static dev.stepzero.guard.secrets.Vaults.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.KeyEncryptionKey.Wrapped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kms.KmsClient;
import tools.jackson.databind.json.JsonMapper;

/** The real client against answers in the form of the AWS KMS API reference. */
class AwsKeyTest {
    private static final String ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final SecretVersion VERSION =
            new SecretVersion(id("invoicer", "production", "smoke", "API_TOKEN"), 3);
    private static final byte[] DATA_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Wrapped WRAPPED = new Wrapped("awskms:" + ARN, Ciphertext.of(new byte[] {1, 2, 3}));

    private RecordedService kms;
    private AwsKey key;

    @BeforeEach
    void start() throws Exception {
        kms = new RecordedService("application/x-amz-json-1.1");
        key = new AwsKey(
                () -> KmsClient.builder()
                        .endpointOverride(kms.address())
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("test-id", "test-key")))
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .overrideConfiguration(settings -> settings.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                        .build(),
                ARN);
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    @Test
    void aKeyIsWrappedBoundToItsVersion() {
        kms.answer(200, "{\"CiphertextBlob\":\"AQID\",\"KeyId\":\"%s\"}".formatted(ARN));

        var wrapped = key.wrap(DATA_KEY, VERSION);

        assertThat(wrapped.key().bytes()).containsExactly(1, 2, 3);
        assertThat(wrapped.keyId()).isEqualTo("awskms:" + ARN);
        assertThat(kms.asked(0).target()).isEqualTo("TrentService.Encrypt");
        var question = JsonMapper.shared().readTree(kms.asked(0).body());
        assertThat(Base64.getDecoder().decode(question.get("Plaintext").asString()))
                .isEqualTo(DATA_KEY);
        var context = question.get("EncryptionContext");
        assertThat(context.get("stepzero:project").asString()).isEqualTo("invoicer");
        assertThat(context.get("stepzero:secret").asString()).isEqualTo("API_TOKEN");
        assertThat(context.get("stepzero:version").asString()).isEqualTo("3");
    }

    @Test
    void aKeyIsUnwrapped() {
        kms.answer(
                200,
                "{\"KeyId\":\"%s\",\"Plaintext\":\"%s\",\"EncryptionAlgorithm\":\"SYMMETRIC_DEFAULT\"}"
                        .formatted(ARN, Base64.getEncoder().encodeToString(DATA_KEY)));

        assertThat(key.unwrap(WRAPPED, VERSION)).contains(DATA_KEY);
        assertThat(kms.asked(0).target()).isEqualTo("TrentService.Decrypt");
    }

    @Test
    void whatKmsCannotAuthenticateWasAltered() {
        kms.answer(400, "{\"__type\":\"InvalidCiphertextException\"}");

        assertThat(key.unwrap(WRAPPED, VERSION)).isEmpty();
    }

    @Test
    void aRefusalIsNoTampering() {
        kms.answer(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"not authorized to perform kms:Decrypt\"}");

        assertThatThrownBy(() -> key.unwrap(WRAPPED, VERSION))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not authorized");
    }

    @Test
    void aServiceThatDoesNotAnswerIsSaid() {
        kms.close();

        assertThatThrownBy(() -> key.wrap(DATA_KEY, VERSION))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("AWS KMS does not wrap a key");
    }
}
