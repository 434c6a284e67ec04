package dev.stepzero.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PastedValueTest {
    @Test
    void aLineLosesItsEndAndAKeyKeepsItsLines() {
        assertThat(value("token")).isEqualTo("token");
        assertThat(value("token\r\n")).isEqualTo("token");
        assertThat(value("token\n")).isEqualTo("token");
        assertThat(value("one\r\ntwo\r\n")).isEqualTo("one\ntwo\n");
        assertThat(value("ключ €")).isEqualTo("ключ €");
    }

    @Test
    void nothingIsNoValue() {
        for (var nothing : new String[] {"", "\n", "\r\n"}) {
            assertThatThrownBy(() -> PastedValue.of(nothing)).isInstanceOf(UserError.class);
        }
    }

    private static String value(String sent) {
        return new String(PastedValue.of(sent).copy(), StandardCharsets.UTF_8);
    }
}
