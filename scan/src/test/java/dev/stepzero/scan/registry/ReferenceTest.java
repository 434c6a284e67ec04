package dev.stepzero.scan.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

    @ParameterizedTest
    @ValueSource(strings = {"registry.test/app", "localhost:5000/team/app", "[::1]:5000/a", "127.0.0.1:1/a-b_c.d/e__f"})
    void itIsReadAsItIsWritten(String text) {
        assertThat(Reference.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app", "registry.test/", "r.test/App", "r.test/a:tag", "r.test/../b", "u@r.test/a", "r.test//a"})
    void whatNamesNoRepositoryIsRefused(String text) {
        assertThatThrownBy(() -> Reference.parse(text)).isInstanceOf(UserError.class);
    }

    @Test
    void onlyThisMachineIsSpokenToInClearText() {
        assertThat(scheme("localhost:5000/a")).isEqualTo("http");
        assertThat(scheme("[::1]/a")).isEqualTo("http");
        assertThat(scheme("localhost.test/a")).isEqualTo("https");
    }

    @Test
    void dockerHubAnswersUnderAnotherName() {
        assertThat(Reference.parse("docker.io/library/a").address(Reference.LOOPBACK, "blobs/x"))
                .isEqualTo(URI.create("https://registry-1.docker.io/v2/library/a/blobs/x"));
    }

    private static String scheme(String reference) {
        return Reference.parse(reference).address(Reference.LOOPBACK, "").getScheme();
    }
}
