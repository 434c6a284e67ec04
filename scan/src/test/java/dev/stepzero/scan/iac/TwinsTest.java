package dev.stepzero.scan.iac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.rules.Catalog;
import dev.stepzero.rules.Judge;
import dev.stepzero.rules.RuleFile;
import dev.stepzero.rules.Rulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One stack, written as source, plan, state and template, has the same findings in each. The files are kept under names
 * that no scanner looks at, so that Stepzero scanning itself is clean.
 */
class TwinsTest {
    private static final Path TWINS = Path.of("src/test/resources/dev/stepzero/scan/iac/twins");
    private static final Judge JUDGE = new Judge(Rulebook.of(Catalog.read(Path.of("../rules/catalog/aws")).stream()
            .map(RuleFile.Source::rule)
            .toList()));

    @TempDir
    private Path directory;

    @Test
    void theSourceHasFindingsOfEachKind() throws Exception {
        assertThat(rules("main.tf"))
                .anyMatch(rule -> rule.startsWith("aws-security-group-"))
                .anyMatch(rule -> rule.startsWith("aws-rds-"))
                .anyMatch(rule -> rule.startsWith("aws-ebs-"))
                .anyMatch(rule -> rule.startsWith("aws-sqs-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan.json", "state.json", "template.yaml"})
    void theTwinHasTheFindingsOfTheSource(String twin) throws Exception {
        assertThat(rules(twin)).isEqualTo(rules("main.tf"));
    }

    private Set<String> rules(String twin) throws IOException, InterruptedException {
        var file =
                Files.copy(TWINS.resolve(twin + ".txt"), directory.resolve(twin), StandardCopyOption.REPLACE_EXISTING);
        return Infrastructure.read(file).configurations().stream()
                .flatMap(configuration -> JUDGE.judge(configuration.resources()).findings().stream())
                .map(Finding::rule)
                .collect(Collectors.toSet());
    }
}
