package dev.stepzero.guard.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationKeyTest {
    @TempDir
    Path directory;

    @Test
    void whatItWritesItReads() {
        var key = SigningKey.in(directory).verification();

        assertThat(VerificationKey.ofPem(key.pem())).isEqualTo(key).hasSameHashCodeAs(key);
    }

    /** The key and the fingerprint that {@code ssh-keygen -i -m PKCS8} and {@code ssh-keygen -l} give for it. */
    @Test
    void itsIdIsItsOpenSshFingerprint() {
        var key = VerificationKey.ofPem("""
                -----BEGIN PUBLIC KEY-----
                MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENptdY/l3nB0yqkXLBWkZWQwo6+cu
                OSWS1X9vPavpiQOoTTGC0xX57OojUadxF1cdQmrsiReWg2Wn4FneJfa8xw==
                -----END PUBLIC KEY-----
                """);

        assertThat(key.id()).isEqualTo("SHA256:d/SeYg+1JPlYN6q0SEcOhImH7Vd06Q9rDEJ7UevaHnE");
    }

    @Test
    void itAnswersToItsIdAndToTheDigestOfItsDerAsItOnceDid() {
        var key = SigningKey.in(directory).verification();
        var der = Base64.getMimeDecoder().decode(key.pem().replaceAll("-----.*?-----", ""));

        assertThat(key.isCalled(key.id())).isTrue();
        assertThat(key.isCalled(Digest.of(der).hex())).isTrue();
        assertThat(key.isCalled("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PUBLIC KEY-----",
                "-----END PUBLIC KEY----------BEGIN PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\n\u00e9\n-----END PUBLIC KEY-----"
            })
    void whatIsNoKeyIsRefused(String pem) {
        assertThatThrownBy(() -> VerificationKey.ofPem(pem)).isInstanceOf(UserError.class);
    }

    @Test
    void twoKeysAtOnceAreRefused() {
        var pem = SigningKey.in(directory).verification().pem();

        assertThatThrownBy(() -> VerificationKey.ofPem(pem + pem)).isInstanceOf(UserError.class);
    }

    @ParameterizedTest
    @CsvSource({"EC, 384", "RSA, 2048", "Ed25519, 255"})
    void keysOfOtherKindsAreRefused(String algorithm, int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        var pem =
                Pem.encode("PUBLIC KEY", generator.generateKeyPair().getPublic().getEncoded());

        assertThatThrownBy(() -> VerificationKey.ofPem(pem))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("P-256");
    }

    @Test
    void aPointThatIsNotOnTheCurveIsRefused() {
        var der = HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004" + "01".repeat(64));
        var pem = Pem.encode("PUBLIC KEY", der);

        assertThatThrownBy(() -> VerificationKey.ofPem(pem))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not on the curve");
    }
}
