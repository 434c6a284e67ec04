package dev.stepzero.ship.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.project.Project;
import dev.stepzero.ship.project.ProjectReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedTestsTest {
    @TempDir
    Path temporary;

    private TestContext context;

    @BeforeEach
    void checkOut() throws Exception {
        var sources = Files.createDirectory(temporary.resolve("sources"));
        context = new TestContext(1, SigningKey.in(temporary.resolve("keys")))
                .with(Handover.SOURCES, new Handover.Sources(sources.toString(), 0))
                .with(Handover.TOOLCHAIN, new Handover.Toolchain(""))
                .with(Handover.DEPENDENCIES, new Handover.Dependencies(""));
    }

    private TestStep tests(String script, String limits) {
        var commit = new Commit(TestRelease.COMMIT, "Ada <ada@example.org>", "Change", TestRelease.NOW, "here");
        var project = project(script, limits);
        var commands = new ProjectCommands(
                temporary.resolve("dependencies"),
                project.plan(),
                commit,
                new Home(temporary),
                Optional.empty(),
                System.getenv());
        return new TestStep(project, commit, commands);
    }

    private static Project project(String script, String limits) {
        var file = """
                app: invoicer
                test: {run: "%s"%s, reports: [reports]}
                """.formatted(script, limits);
        var files = Map.of("stepzero.yaml", file, "go.mod", "module invoicer\n");
        return new ProjectReader(
                        path -> Optional.ofNullable(files.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8)),
                        "invoicer")
                .read();
    }

    @Test
    void testsThatFailAreAttestedAsFailedWithTheirNames() {
        var report =
                "<testsuite tests='2'><testcase classname='Sum' name='adds'/><testcase classname='Sum' name='divides'>"
                        + "<failure message='by zero'/></testcase></testsuite>";
        var step = tests("mkdir reports; echo \\\"" + report + "\\\" > reports/TEST-a.xml; exit 1", "");

        assertThatThrownBy(() -> step.run(context)).isInstanceOf(UserError.class);

        var statement = context.statement();
        assertThat(statement.predicateType()).isEqualTo(PredicateType.TEST_RESULT);
        assertThat(statement.isAbout("gitCommit:" + TestRelease.COMMIT)).isTrue();
        assertThat(statement.predicate().path("result").asString()).isEqualTo("FAILED");
        assertThat(statement.predicate().path("failedTests").toString()).isEqualTo("[\"Sum.divides\"]");
        assertThat(statement.predicate().at("/stepzero_counts/failed").asInt()).isEqualTo(1);
        assertThat(statement.predicate().path("stepzero_reason").asString()).contains("1 of 2 tests failed");
    }

    @Test
    void testsThatReportNothingAndFailAreAttestedAsFailed() {
        assertThatThrownBy(() -> tests("exit 3", "").run(context)).isInstanceOf(UserError.class);

        assertThat(context.statement().predicate().path("result").asString()).isEqualTo("FAILED");
        assertThat(context.statement().predicate().path("stepzero_reason").asString())
                .isEqualTo("the tests ended with exit code 3");
    }

    @Test
    void testsThatHangAreAttestedAsFailed() {
        assertThatThrownBy(() -> tests("sleep 60", ", timeout: 1s").run(context))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("did not end within 1 seconds");

        assertThat(context.statement().predicate().path("result").asString()).isEqualTo("FAILED");
        assertThat(context.statement().predicate().path("stepzero_reason").asString())
                .contains("did not end");
    }
}
