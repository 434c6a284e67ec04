package dev.stepzero.scan.terraform.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    @Test
    void allFunctionsOfTerraformAreKnownAndOthersAreNot() {
        assertThat(Signature.names()).hasSizeGreaterThanOrEqualTo(117);
        assertThat(Functions.known("cidrsubnets")).isTrue();
        assertThat(Functions.known("core::upper")).isTrue();
        assertThat(Functions.known("try")).isTrue();
        assertThat(Functions.known("strlen")).isFalse();
    }

    @Test
    void anErrorSaysWhatIsWrong() {
        assertThatThrownBy(() -> Literals.evaluate("tonumber(\"x\")"))
                .isInstanceOf(FunctionError.class)
                .hasMessage("a number is required, not string");
        assertThatThrownBy(() -> Literals.evaluate("upper(null)")).hasMessageContaining("must not be null");
        assertThatThrownBy(() -> Literals.evaluate("nope()")).hasMessageContaining("no function named \"nope\"");
    }

    @Test
    void anElementIsCountedFromTheEndBelowZero() {
        assertThat(Literals.evaluate("element([\"a\", \"b\", \"c\"], -1)")).isEqualTo(Value.of("c"));
        assertThat(Literals.evaluate("element([\"a\", \"b\", \"c\"], -4)")).isEqualTo(Value.of("c"));
    }

    @Test
    void listAndMapStillMeanWhatTheyMeantInOldConfigurations() {
        assertThat(Literals.evaluate("list(1, \"a\")")).isEqualTo(Literals.evaluate("[1, \"a\"]"));
        assertThat(Literals.evaluate("map(\"a\", 1)")).isEqualTo(Literals.evaluate("{a = 1}"));
    }

    @Test
    void aTemplateIsFilledInByTheCaller() {
        assertThat(Literals.evaluate("templatefile(\"files/b.tmpl\", {name = \"x\"})"))
                .isEqualTo(Value.of("files/b.tmpl: Hi ${name}\n with {\"name\":\"x\"}"));
        assertThat(Literals.evaluate("templatestring(\"t\", {})")).isEqualTo(Value.of("templatestring: t with {}"));
    }

    @Test
    void aPathInTheUnknownWorkingDirectoryKeepsItsEnd() {
        var path = (Unknown) Literals.evaluate("abspath(\"./a/b.txt\")");

        assertThat(Literals.call("endswith", path, Value.of("/a/b.txt"))).isEqualTo(Value.TRUE);
    }

    @Test
    void zippedTextUnpacksToItself() throws Exception {
        var zipped = (Value.Text) Literals.evaluate("base64gzip(\"hello\")");

        var bytes = new ByteArrayInputStream(Base64.getDecoder().decode(zipped.value()));
        assertThat(new GZIPInputStream(bytes).readAllBytes()).asString().isEqualTo("hello");
        assertThat(Literals.evaluate("base64gzip(\"hello\")")).isEqualTo(zipped);
    }

    @Test
    void whatWasEncryptedForAKeyIsDecryptedWithIt() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, pair.getPublic());
        var encrypted = Base64.getEncoder().encodeToString(cipher.doFinal("hello".getBytes(StandardCharsets.UTF_8)));
        var label = "PRIVATE " + "KEY-----";
        var pem = "-----BEGIN " + label + "\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n-----END " + label + "\n";

        assertThat(Literals.call("rsadecrypt", Value.of(encrypted), Value.of(pem)))
                .isEqualTo(Value.of("hello"));
    }

    @Test
    void theDefaultOfALookupCountsWhereTheKeyIsNotThere() {
        assertThat(Literals.evaluate("lookup({a = 1}, \"b\", null)")).isEqualTo(Value.ABSENT);
        assertThatThrownBy(() -> Literals.evaluate("lookup({a = 1}, \"b\")")).isInstanceOf(FunctionError.class);
    }
}
