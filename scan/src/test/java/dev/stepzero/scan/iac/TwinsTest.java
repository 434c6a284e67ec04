package dev.stepzero.scan.iac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.rules.Catalog;
import dev.stepzero.rules.Judge;
import dev.stepzero.rules.RuleFile;
import dev.stepzero.rules.Rulebook;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One stack, written as source, plan, state and template, has the same findings in each. */
class TwinsTest {
    private static final Path TWINS = Path.of("src/test/resources/dev/stepzero/scan/iac/twins");
    private static final Judge JUDGE = new Judge(Rulebook.of(Catalog.read(Path.of("../rules/catalog/aws")).stream()
            .map(RuleFile.Source::rule)
            .toList()));

    @Test
    void theSourceHasFindingsOfEachKind() throws Exception {
        assertThat(rules("tf"))
                .anyMatch(rule -> rule.startsWith("aws-security-group-"))
                .anyMatch(rule -> rule.startsWith("aws-rds-"))
                .anyMatch(rule -> rule.startsWith("aws-ebs-"))
                .anyMatch(rule -> rule.startsWith("aws-sqs-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "state", "cfn"})
    void theTwinHasTheFindingsOfTheSource(String twin) throws Exception {
        assertThat(rules(twin)).isEqualTo(rules("tf"));
    }

    private static Set<String> rules(String twin) throws InterruptedException {
        return Infrastructure.read(TWINS.resolve(twin)).configurations().stream()
                .flatMap(configuration -> JUDGE.judge(configuration.resources()).findings().stream())
                .map(Finding::rule)
                .collect(Collectors.toSet());
    }
}
