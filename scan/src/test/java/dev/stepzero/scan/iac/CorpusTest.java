package dev.stepzero.scan.iac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stepzero.rules.Catalog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the catalog to other people's cases, where they are at hand. */
class CorpusTest {
    private static final Path CASES = Path.of("../../shared/corpora/iac/trivy-checks.jsonl");

    @Test
    void badExamplesAreFoundAndGoodOnesLeftAlone() throws Exception {
        assumeThat(CASES).exists();

        var measure = RuleLab.measure(Catalog.read(Path.of("../rules/catalog")), CASES, "");

        System.out.println(measure.summary());
        assertThat(measure.recall()).as(measure.summary()).isGreaterThanOrEqualTo(0.98);
        assertThat(measure.flagged()).as(measure.summary()).isLessThanOrEqualTo(0.01);
    }
}
