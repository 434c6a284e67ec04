package dev.stepzero.ship.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebianVersionTest {

    @ParameterizedTest
    @CsvSource({
        "1.0~rc1-1, 1.0-1",
        "1.0-1, 1.0-2",
        "1.9, 1.10",
        "1.0, 1.0a",
        "1.0a, 1.0+b",
        "2.36-9+deb12u9, 2.36-9+deb12u14",
        "9.9, 1:0.1",
        "20230311, 20250419~deb12u2",
        "1.0~~, 1.0~",
        "1.0, 1.0.1",
        "1.0-1~bpo, 1.0-1",
        "3.4.4-1, 3.4.4-1+b1"
    })
    void theSecondIsNewer(String older, String newer) {
        assertThat(new DebianVersion(older)).isLessThan(new DebianVersion(newer));
        assertThat(new DebianVersion(newer)).isGreaterThan(new DebianVersion(older));
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1.00", "0:1.0, 1.0", "1.0-0, 1.0", "1.02-1, 1.2-1"})
    void bothAreTheSame(String one, String other) {
        assertThat(new DebianVersion(one)).isEqualByComparingTo(new DebianVersion(other));
    }

    @Test
    void whatIsNoVersionIsRefused() {
        assertThatThrownBy(() -> new DebianVersion("")).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> new DebianVersion("1:2:3")).isInstanceOf(UserError.class);
    }
}
