package dev.stepzero.guard.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final Totp TOTP = new Totp("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codesAreThoseOfTheStandardsAppendix(long second, String code) {
        assertThat(TOTP.code(second / Totp.SECONDS)).isEqualTo(code);
    }

    @Test
    void aCodeCountsHalfAMinuteEarlyOrLateAndNoMore() {
        var now = Instant.ofEpochSecond(3000);

        assertThat(TOTP.step(TOTP.code(99), now, 0)).hasValue(99);
        assertThat(TOTP.step(TOTP.code(101), now, 0)).hasValue(101);
        assertThat(TOTP.step(TOTP.code(98), now, 0)).isEmpty();
        assertThat(TOTP.step(TOTP.code(102), now, 0)).isEmpty();
    }

    @Test
    void aCodeCountsOnce() {
        var now = Instant.ofEpochSecond(3000);

        assertThat(TOTP.step(TOTP.code(100), now, 100)).isEmpty();
        assertThat(TOTP.step(TOTP.code(99), now, 100)).isEmpty();
        assertThat(TOTP.step(TOTP.code(101), now, 100)).hasValue(101);
    }

    @Test
    void theSecretIsWrittenInBase32() {
        assertThat(Base32.encode("12345678901234567890".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Base32.encode("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTBOI");
    }
}
