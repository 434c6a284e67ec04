package dev.stepzero.guard.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.guard.keys.VerificationKey;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSignatureTest {
    private static final Digest IMAGE = new Digest("ab".repeat(32));

    /** A signature that cosign made, with its public key: test data of sigstore-rs, src/crypto/verification_key.rs. */
    private static final String COSIGN_KEY = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENptdY/l3nB0yqkXLBWkZWQwo6+cu
            OSWS1X9vPavpiQOoTTGC0xX57OojUadxF1cdQmrsiReWg2Wn4FneJfa8xw==
            -----END PUBLIC KEY-----
            """;

    private static final String COSIGN_SIGNATURE =
            "MEUCIQD6q/COgzOyW0YH1Dk+CCYSt4uAhm3FDHUwvPI55zwnlwIgE0ZK58ZOWpZw8YVmBapJhBqCfdPekIknimuO0xH8Jh8=";
    private static final String COSIGN_PAYLOAD =
            "{\"critical\":{\"identity\":{\"docker-reference\":\"registry-testing.svc.lan/busybox\"},"
                    + "\"image\":{\"docker-manifest-digest\":"
                    + "\"sha256:f3cfc9d0dbf931d3db4685ec659b7ac68e2a578219da4aae65427886e649b06b\"},"
                    + "\"type\":\"cosign container image signature\"},\"optional\":null}";

    @TempDir
    Path directory;

    @Test
    void whatCosignSignedVerifies() {
        var key = VerificationKey.ofPem(COSIGN_KEY);
        var signature = new ImageSignature(COSIGN_PAYLOAD, COSIGN_SIGNATURE);

        assertThat(signature.signer(List.of(key))).hasValue(key);
        assertThat(signature.image())
                .hasToString("sha256:f3cfc9d0dbf931d3db4685ec659b7ac68e2a578219da4aae65427886e649b06b");
        assertThat(new ImageSignature(COSIGN_PAYLOAD.replace("f3cf", "f3ce"), COSIGN_SIGNATURE).signer(List.of(key)))
                .isEmpty();
    }

    @Test
    void weSignTheBytesThatCosignSigns() {
        var signature = ImageSignature.of(
                SigningKey.in(directory),
                Digest.parse("sha256:f3cfc9d0dbf931d3db4685ec659b7ac68e2a578219da4aae65427886e649b06b"),
                "registry-testing.svc.lan/busybox");

        assertThat(signature.payload()).isEqualTo(COSIGN_PAYLOAD);
    }

    @Test
    void onlyTheKeyThatSignedIsTheSigner() {
        var key = SigningKey.in(directory.resolve("one"));
        var other = SigningKey.in(directory.resolve("other")).verification();
        var signature = ImageSignature.of(key, IMAGE, "app");

        assertThat(signature.signer(List.of(other, key.verification()))).hasValue(key.verification());
        assertThat(signature.signer(List.of(other))).isEmpty();
        assertThat(signature.signer(List.of())).isEmpty();
        assertThat(signature.image()).isEqualTo(IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "AAAA", "MEUC"})
    void aBrokenSignatureIsNobodys(String signature) {
        var key = SigningKey.in(directory).verification();

        assertThat(new ImageSignature(COSIGN_PAYLOAD, signature).signer(List.of(key)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"critical\":{\"type\":\"atomic container signature\"}}",
                "{\"critical\":{\"image\":{\"docker-manifest-digest\":\"sha256:x\"},"
                        + "\"type\":\"cosign container image signature\"}}"
            })
    void aTextThatNamesNoImageIsRefused(String payload) {
        assertThatThrownBy(() -> new ImageSignature(payload, "").image()).isInstanceOf(UserError.class);
    }
}
