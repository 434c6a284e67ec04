package dev.stepzero.scan.code.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.code.java.knowledge.Knowledge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules about Java, and the user's own beside them. */
class CodeRulesTest {
    @Test
    void everyRuleFindsItsBadExamplesAndNoGoodOne() throws InterruptedException {
        var knowledge = Knowledge.with(List.of());

        var failures = new CodeExamples(knowledge).failures(knowledge.rules());

        assertThat(failures)
                .hasSizeGreaterThan(20)
                .allSatisfy((rule, wrong) -> assertThat(wrong).as(rule.id()).isEmpty());
    }

    @Test
    void everyRuleSaysWhatItIsAboutAndHowToMendIt() {
        assertThat(Knowledge.with(List.of()).rules()).allSatisfy(rule -> {
            assertThat(rule.cwe()).isNotEmpty();
            assertThat(rule.controls()).isNotEmpty();
            assertThat(rule.fix()).endsWith(".");
            assertThat(rule.why()).endsWith(".");
        });
    }

    @Test
    void aUsersFileAddsARuleAndAFramework(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("team-report.java.yaml"), """
                id: team-report
                title: Input names a report
                severity: high
                stride: [tampering]
                cwe: [20]
                why: The reports run with all rights.
                fix: Take the name from the list.
                message: It names a report
                from: [input]
                sinks:
                  - calls: [app.Reports.run]
                """);
        Files.writeString(directory.resolve("queue.java.yaml"), """
                framework: queue
                title: The team's queue
                sources:
                  - what: a message
                    calls: [app.Queue.take]
                """);
        var program = new JavaProgram(directory.resolve("app"))
                .source("package app; class Reports { static void run(String name) {} }")
                .source("package app; interface Queue { String take(); }")
                .source("package app; class Worker { void work(Queue queue) { Reports.run(queue.take()); } }")
                .compiled();

        var findings = new JavaCodeScanner(List.of(directory), java.time.Clock.systemUTC())
                .scan(new dev.stepzero.core.Subject.SourceTree("app", directory.resolve("app")))
                .findings();

        assertThat(program.classes()).exists();
        assertThat(findings)
                .singleElement()
                .satisfies(each -> assertThat(each.message()).contains("a message comes in"));
    }

    @Test
    void aLibraryThatIsToldOfTwiceIsNoMistake() throws Exception {
        var again = Knowledge.with(List.of(Path.of("..", "rules", "code", "java")));
        var rule = again.rule("java-sql-injection").orElseThrow();

        var failures = new CodeExamples(again).failures(List.of(rule));

        assertThat(failures).containsExactly(Map.entry(rule, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"'from: [input]', true", "'from: [input]\ncleared_by: [host]', false"})
    void aUsersRuleSaysWhetherATestOfTheHostTakesItsDangerAway(String key, boolean found, @TempDir Path directory)
            throws Exception {
        Files.writeString(directory.resolve("team-mirror.java.yaml"), """
                id: team-mirror
                title: Input names a mirror
                severity: high
                stride: [spoofing]
                cwe: [918]
                why: The mirror is trusted.
                fix: Take the mirror from the list.
                message: It names a mirror
                %s
                sinks:
                  - calls: [app.Mirror.of]
                """.formatted(key));
        new JavaProgram(directory.resolve("app"))
                .source("package app; class Mirror { static void of(java.net.URI address) {} }")
                .source(JavaProgram.handling("""
                        var address = java.net.URI.create(request.getParameter("a"));
                        if (address.getHost().endsWith(".example.com")) { Mirror.of(address); }
                        """))
                .compiled();

        var findings = new JavaCodeScanner(List.of(directory), java.time.Clock.systemUTC())
                .scan(new dev.stepzero.core.Subject.SourceTree("app", directory.resolve("app")))
                .findings();

        assertThat(findings).hasSize(found ? 1 : 0);
    }

    @Test
    void everyControlIsOneOfAFramework() throws Exception {
        for (var rule : Knowledge.with(List.of()).rules()) {
            for (var control : rule.controls()) {
                var parts = control.split(":", 2);
                var framework = Files.readString(Path.of("..", "rules", "frameworks", parts[0] + ".yaml"));
                assertThat(framework)
                        .as(control)
                        .containsPattern("\n  \"?" + java.util.regex.Pattern.quote(parts[1]) + "\"?:");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cwe: [20]       | cwe: [abc]       | 'abc' is no number of a CWE
            from: [input]   | safe_start: '('  | 'safe_start' is no regular expression
            from: [input]   | cleared_by: path | 'path' is no test that clears a value: host
            """)
    void whatIsWrongInAUsersRuleIsSaid(String right, String wrong, String said, @TempDir Path directory)
            throws Exception {
        var rule = """
                id: t
                title: A title
                severity: high
                stride: [tampering]
                cwe: [20]
                why: It matters.
                fix: Mend it.
                message: It is wrong
                from: [input]
                """;
        Files.writeString(directory.resolve("t.java.yaml"), rule.replace(right, wrong));

        assertThatThrownBy(() -> Knowledge.with(List.of(directory)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(said);
    }

    @Test
    void aFrameworkMaySpeakOnlyOfRulesThatThereAre(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("queue.java.yaml"), """
                framework: queue
                title: The team's queue
                sinks:
                  - rule: java-sqli
                    calls: [com.example.Table.find]
                """);

        assertThatThrownBy(() -> Knowledge.with(List.of(directory)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'java-sqli' is no rule about Java");
    }
}
