package dev.stepzero.scan.terraform.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Files that people wrote, where they are at hand. */
class CorpusTest {
    private static final Path CORPUS = Path.of("/work/shared/corpora/iac/trivy-checks.jsonl");

    @Test
    void everyValidTextIsReadWithoutAProblem() throws Exception {
        assumeTrue(Files.exists(CORPUS));
        var json = JsonMapper.shared();

        for (var line : Files.readAllLines(CORPUS)) {
            var example = json.readTree(line);
            if (example.path("format").asString().equals("terraform")) {
                var text = example.path("text").asString();
                assertThat(HclParser.parse("a.tf", text).problems()).as(text).isEmpty();
            }
        }
    }
}
