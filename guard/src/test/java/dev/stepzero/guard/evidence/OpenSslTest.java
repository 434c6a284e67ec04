package dev.stepzero.guard.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.guard.keys.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Another implementation of the same standards understands our keys and signatures, and we understand its. */
class OpenSslTest {
    private static final String COMMIT = "gitCommit:" + "0f".repeat(20);

    @TempDir
    Path directory;

    @BeforeEach
    void openSslIsThere() throws Exception {
        assumeTrue(present() || "1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES")), "openssl is not installed");
    }

    @Test
    void itVerifiesOurEvidence() throws Exception {
        var key = SigningKey.in(directory.resolve("keys"));
        var envelope = JsonMapper.shared()
                .readTree(new Attestor(key).sign(COMMIT, "main", "https://example.org/v1", Map.of("passed", true)));
        var payload = Base64.getDecoder().decode(envelope.at("/payload").stringValue());
        var signature =
                Base64.getDecoder().decode(envelope.at("/signatures/0/sig").stringValue());
        var publicKey = Files.writeString(
                directory.resolve("public.pem"), key.verification().pem());
        var message = Files.write(
                directory.resolve("message"), Envelope.preAuthenticationEncoding(Envelope.IN_TOTO, payload));
        var signed = Files.write(directory.resolve("signature"), signature);

        var answer = openSsl("dgst", "-sha256", "-verify", "" + publicKey, "-signature", "" + signed, "" + message);

        assertThat(answer).isEqualTo("Verified OK\n");
    }

    @Test
    void itReadsOurKeyFile() throws Exception {
        var key = SigningKey.in(directory.resolve("keys"));

        var publicKey =
                openSsl("pkey", "-in", directory.resolve("keys/signing.pem").toString(), "-pubout");

        assertThat(VerificationKey.ofPem(publicKey)).isEqualTo(key.verification());
    }

    @Test
    void aKeyThatItMadeSignsEvidence() throws Exception {
        var keys = Files.createDirectory(
                directory.resolve("keys"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var file = keys.resolve("signing.pem");
        openSsl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", file.toString());
        var publicKey = openSsl("pkey", "-in", file.toString(), "-pubout");
        Files.writeString(file, Files.readString(file) + publicKey);

        var evidence = new Attestor(SigningKey.in(keys)).sign(COMMIT, "main", "https://example.org/v1", Map.of());

        var verifier = new Verifier(List.of(VerificationKey.ofPem(publicKey)));
        assertThat(verifier.verify(evidence).isAbout(COMMIT)).isTrue();
    }

    private static boolean present() throws InterruptedException {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String openSsl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var answer = new String(process.getInputStream().readAllBytes(), US_ASCII);
        assertThat(process.waitFor()).as(answer).isZero();
        return answer;
    }
}
