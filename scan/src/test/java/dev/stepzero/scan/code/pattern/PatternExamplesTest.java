package dev.stepzero.scan.code.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.stepzero.scan.code.pattern.language.Languages;
import dev.stepzero.scan.code.pattern.match.PatternCompiler;
import dev.stepzero.scan.code.pattern.rule.PatternRule;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import dev.stepzero.scan.code.pattern.tree.Parser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules about Python, JavaScript and Go that come with Stepzero. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatternExamplesTest {
    private final PatternRules rules = PatternRules.with(List.of());
    private final PatternExamples examples = new PatternExamples(rules);

    Stream<String> all() {
        return rules.rules().stream().map(PatternRule::id);
    }

    @ParameterizedTest
    @MethodSource("all")
    void findsItsBadExamplesAndNoGoodOne(String id) throws InterruptedException {
        assertThat(examples.failures(rules.rule(id).orElseThrow())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatItIsAboutAndHowToMendIt(String id) throws Exception {
        var rule = rules.rule(id).orElseThrow();

        assertThat(rule.cwe()).isNotEmpty();
        assertThat(rule.why()).endsWith(".");
        assertThat(rule.fix()).endsWith(".");
        assertThat(rule.supersedes())
                .allSatisfy(weaker -> assertThat(rules.rule(weaker)).isPresent());
        assertThat(rule.controls()).isNotEmpty().allSatisfy(PatternExamplesTest::isOfAFramework);
    }

    private static void isOfAFramework(String control) {
        var parts = control.split(":", 2);
        assertThat(Path.of("..", "rules", "frameworks", parts[0] + ".yaml"))
                .content()
                .as(control)
                .containsPattern("\n  \"?" + java.util.regex.Pattern.quote(parts[1]) + "\"?:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "javascript", "go"})
    void allPatternsAreCodeWhetherAnExampleNeedsThemOrNot(String language) {
        var parser = new Parser(Duration.ofSeconds(10));
        var compiled = new CompiledRules(rules, Languages.named(language), new PatternCompiler(parser));

        assertThatCode(() -> compiled.index().prepareAll()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("all")
    void liesInTheDirectoryOfItsLanguage(String id) {
        var rule = rules.rule(id).orElseThrow();

        assertThat(Files.exists(Path.of("..", "rules", "code", rule.language(), id + "." + rule.language() + ".yaml")))
                .isTrue();
    }
}
