package dev.stepzero.govern.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SarifUriTest {
    @ParameterizedTest
    @CsvSource({
        "'', main.tf, main.tf",
        "infra/, main.tf, infra/main.tf",
        "infra/, ../stepzero.yaml, stepzero.yaml",
        "'', ../../etc/passwd, etc/passwd",
        "'', /etc/passwd, etc/passwd",
        "'', '', ./",
        "'', a b#c?.tf, a%20b%23c%3F.tf",
        "'', grün.tf, gr%C3%BCn.tf",
        "'', git::https://x//y, git%3A%3Ahttps%3A/x/y",
        "'', a\\b.tf, a/b.tf"
    })
    void aPathIsAReferenceBelowTheRoot(String prefix, String path, String uri) {
        assertThat(SarifUri.of(prefix, path)).isEqualTo(uri);
    }
}
