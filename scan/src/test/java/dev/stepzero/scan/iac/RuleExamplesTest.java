package dev.stepzero.scan.iac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.rules.Catalog;
import dev.stepzero.rules.RuleFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule finds its own bad examples and leaves its good ones alone, in each format that it covers. */
@Execution(ExecutionMode.CONCURRENT)
class RuleExamplesTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void theExamplesOfEveryRuleComeOutAsItSays(Path folder) throws InterruptedException {
        var failures = new ArrayList<String>();
        for (var source : Catalog.read(folder)) {
            RuleExamples.failures(source)
                    .forEach(failure -> failures.add(source.rule().id() + ": " + failure));
        }

        assertThat(failures).isEmpty();
    }

    static Stream<Path> folders() throws java.io.IOException {
        try (var folders = java.nio.file.Files.walk(Path.of("../rules/catalog"), 2)) {
            return folders.filter(folder -> hasRules(folder)).sorted().toList().stream();
        }
    }

    private static boolean hasRules(Path folder) {
        var files = folder.toFile().listFiles((directory, name) -> name.endsWith(".yaml"));
        return files != null && files.length > 0;
    }

    @org.junit.jupiter.api.Test
    void aRuleThatFindsTooMuchOrTooLittleFailsItsExamples() throws Exception {
        var source = new RuleFile().read("aws-x.yaml", """
                id: aws-x
                title: A bucket
                severity: low
                stride: [tampering]
                why: It is one.
                resources: [{kind: aws_s3_bucket, fails_if: resource.bad == true, message: it is bad}]
                fix: Delete it.
                examples:
                  terraform:
                    bad: ['resource "aws_s3_bucket" "a" { bad = false }']
                    good: ['resource "aws_s3_bucket" "b" { bad = true }', 'resource "aws_s3_bucket" "c" { bad = ']
                """);

        assertThat(RuleExamples.failures(source))
                .contains("terraform bad example 1 is not found")
                .anySatisfy(failure -> assertThat(failure).contains("terraform good example 1 is found"))
                .anySatisfy(failure -> assertThat(failure).contains("terraform good example 2 cannot be read"));
    }
}
