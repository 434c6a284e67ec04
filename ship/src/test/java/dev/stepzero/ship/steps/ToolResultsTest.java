package dev.stepzero.ship.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Home;
import dev.stepzero.core.Location;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.ship.project.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team keeps its tools: what their steps leave in SARIF is found by the run. */
class ToolResultsTest {
    private static final String RESULTS = """
            {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Semgrep OSS"}}, "results":
              [{"ruleId": "py.exec", "level": "error", "message": {"text": "exec of a request"}, "locations":
                [{"physicalLocation": {"artifactLocation": {"uri": "file:///workspace/app.py"},
                  "region": {"startLine": 1}}}]}]}]}""";

    @TempDir
    Path temporary;

    private Path workspace;
    private TestContext context;

    @BeforeEach
    void checkOut() throws Exception {
        var sources = Files.createDirectories(temporary.resolve("sources"));
        Files.writeString(sources.resolve("app.py"), "os.system(request)\n");
        context = new TestContext(1, SigningKey.in(temporary.resolve("keys")))
                .with(Handover.SOURCES, new Handover.Sources(sources.toString(), 1))
                .with(OwnStep.slot("semgrep"), new OwnStep.Done("semgrep"));
        workspace = Files.createDirectories(home().workspace(1).resolve("semgrep"));
    }

    private Home home() {
        return new Home(temporary.resolve("home"));
    }

    private ScanStep step(String... sarif) {
        var own = new Project.OwnStep(
                "semgrep",
                "semgrep scan --sarif-output out.sarif",
                List.of(),
                false,
                Duration.ofMinutes(1),
                List.of(),
                List.of(),
                List.of(sarif),
                "stepzero.yaml:7");
        return ScanStep.ofTools("invoicer", List.of(own), home(), TestRelease.clock());
    }

    @Test
    void whatAToolLeftIsFoundAtTheSourcesLinesAndAttested() throws Exception {
        Files.writeString(workspace.resolve("out.sarif"), RESULTS);

        step("out.sarif").run(context);

        assertThat(context.get(Handover.TOOL_FINDINGS).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo("semgrep:py.exec"))
                .extracting(Finding::location)
                .isEqualTo(new Location("app.py", "app.py", 1, 1));
        assertThat(context.statement().predicateType()).isEqualTo(PredicateType.SCAN);
        assertThat(context.statement().isAbout("gitCommit:" + TestRelease.COMMIT))
                .isTrue();
        assertThat(context.lines).contains("semgrep: out.sarif: 1 result of Semgrep OSS");
    }

    @Test
    void itComesAfterTheStepsThatWrite() {
        assertThat(step("out.sarif").needs()).contains(OwnStep.slot("semgrep"), Handover.SOURCES);
    }

    @Test
    void aFileThatIsNotThereBlocks() {
        assertThatThrownBy(() -> step("out.sarif").run(context)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.what()).isEqualTo("step 'semgrep' left no file 'out.sarif'");
            assertThat(error.where()).contains("stepzero.yaml:7");
        });
    }

    @Test
    void aLinkOutOfTheWorkspaceLeadsNowhere() throws Exception {
        var outside = Files.writeString(temporary.resolve("outside.sarif"), RESULTS);
        Files.createSymbolicLink(workspace.resolve("out.sarif"), outside);

        assertThatThrownBy(() -> step("out.sarif").run(context)).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> step("../../../../outside.sarif").run(context)).isInstanceOf(UserError.class);
    }

    @Test
    void aFileThatSaysNothingSensibleBlocks() throws Exception {
        Files.writeString(workspace.resolve("out.sarif"), "{");

        assertThatThrownBy(() -> step("out.sarif").run(context))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no valid JSON");
    }
}
