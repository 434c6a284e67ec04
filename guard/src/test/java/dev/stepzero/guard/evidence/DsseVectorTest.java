package dev.stepzero.guard.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.keys.VerificationKey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the DSSE specification: protocol.md, section "Test Vectors", and testvectors/vectors.json. */
class DsseVectorTest {
    @ParameterizedTest
    @CsvSource({
        "http://example.com/HelloWorld, hello world, 'DSSEv1 29 http://example.com/HelloWorld 11 hello world'",
        "application/vnd.in-toto+json, '', 'DSSEv1 28 application/vnd.in-toto+json 0 '",
        "'', x, 'DSSEv1 0  1 x'",
        "application/vnd.ex\u00e4mple+json, x, 'DSSEv1 29 application/vnd.ex\u00e4mple+json 1 x'"
    })
    void lengthsCountBytes(String type, String body, String encoding) {
        assertThat(Envelope.preAuthenticationEncoding(type, body.getBytes(UTF_8)))
                .isEqualTo(encoding.getBytes(UTF_8));
    }

    @Test
    void theSpecificationsSignatureVerifies() {
        var point = HexFormat.of()
                        .formatHex(unsigned(
                                "46950820868899156662930047687818585632848591499744589407958293238635476079160"))
                + HexFormat.of()
                        .formatHex(unsigned(
                                "5640078356564379163099075877009565129882514886557779369047442380624545832820"));
        var der = HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004" + point);
        var key = VerificationKey.ofPem("-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                .formatted(Base64.getEncoder().encodeToString(der)));
        var signature = Base64.getDecoder()
                .decode("A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==");

        var message =
                Envelope.preAuthenticationEncoding("http://example.com/HelloWorld", "hello world".getBytes(UTF_8));

        assertThat(key.verifies(message, der(signature))).isTrue();
        assertThat(key.verifies("hello world".getBytes(UTF_8), der(signature))).isFalse();
    }

    private static byte[] unsigned(String decimal) {
        var bytes = new BigInteger(decimal).toByteArray();
        var fixed = new byte[32];
        var length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return fixed;
    }

    /** The specification writes r and s side by side; X.509 and cosign write a sequence of two integers. */
    private static byte[] der(byte[] plain) {
        var r = new BigInteger(1, Arrays.copyOfRange(plain, 0, 32)).toByteArray();
        var s = new BigInteger(1, Arrays.copyOfRange(plain, 32, 64)).toByteArray();
        var der = new ByteArrayOutputStream();
        der.write(0x30);
        der.write(4 + r.length + s.length);
        for (var integer : new byte[][] {r, s}) {
            der.write(0x02);
            der.write(integer.length);
            der.writeBytes(integer);
        }
        return der.toByteArray();
    }
}
