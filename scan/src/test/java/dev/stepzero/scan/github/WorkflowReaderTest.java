package dev.stepzero.scan.github;

import static dev.stepzero.scan.iac.ReadTree.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.iac.ReadTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowReaderTest {
    @TempDir
    Path root;

    @Test
    void aWorkflowItsJobsAndTheirStepsAreResources() throws Exception {
        var tree = read("""
                on: push
                jobs:
                  build:
                    runs-on: ubuntu-latest
                    steps:
                      - uses: actions/checkout@v4
                      - name: Test
                        run: make test
                      - run: make
                """);

        assertThat(tree.addresses())
                .containsExactly(
                        "github_workflow .github/workflows/ci.yml",
                        "github_job .github/workflows/ci.yml/build",
                        "github_step .github/workflows/ci.yml/build/actions/checkout",
                        "github_step .github/workflows/ci.yml/build/Test",
                        "github_step .github/workflows/ci.yml/build/step 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "[push]", "{push: {branches: [main]}}", "{push: }"})
    void triggersAreAListOfNames(String on) throws Exception {
        var tree = read("on: " + on + "\njobs: {}\n");

        assertThat(plain(tree.only("github_workflow").attributes().get("triggers")))
                .isEqualTo(List.of("push"));
    }

    @Test
    void aStepKnowsItsTriggersPermissionsAndEnvironment() throws Exception {
        var tree = read("""
                on: [push, pull_request_target]
                permissions: read-all
                env: {A: "1", B: "1"}
                jobs:
                  one:
                    runs-on: self-hosted
                    permissions: {contents: write}
                    env: {B: "2"}
                    steps: [{run: make}]
                """);

        var step = tree.only("github_step").attributes();

        assertThat(plain(step.get("triggers"))).isEqualTo(List.of("push", "pull_request_target"));
        assertThat(plain(step.get("job_permissions"))).isEqualTo(Map.of("contents", "write"));
        assertThat(plain(step.get("inherited_env"))).isEqualTo(Map.of("A", "1", "B", "2"));
        assertThat(plain(step.get("runs_on"))).isEqualTo("self-hosted");
        assertThat(plain(tree.only("github_job").attributes().get("effective_permissions")))
                .isEqualTo(Map.of("contents", "write"));
    }

    @Test
    void anActionIsSplitFromItsVersion() throws Exception {
        var tree = read("""
                on: push
                jobs:
                  one:
                    runs-on: x
                    steps: [{uses: "actions/checkout@v4"}, {uses: ./local}]
                """);

        var steps = steps(tree);

        assertThat(plain(steps.get(0).get("action"))).isEqualTo("actions/checkout");
        assertThat(plain(steps.get(0).get("ref"))).isEqualTo("v4");
        assertThat(plain(steps.get(1).get("action"))).isEqualTo("./local");
        assertThat(plain(steps.get(1).get("ref"))).isEqualTo("<absent>");
    }

    @Test
    void theExpressionsOfAScriptAreListedWithTheirLines() throws Exception {
        var tree = read("""
                on: issues
                jobs:
                  one:
                    runs-on: x
                    steps:
                      - run: |
                          echo start
                          echo "${{ github.event.issue.title }}" "${{x}}"
                      - uses: actions/github-script@v7
                        with: {script: "f('${{ inputs.a }}')"}
                """);

        var steps = steps(tree);
        var title = ((Value.Sequence) steps.get(0).get("expressions")).items().getFirst();

        assertThat(plain(steps.get(0).get("expressions"))).isEqualTo(List.of("github.event.issue.title", "x"));
        assertThat(plain(steps.get(1).get("expressions"))).isEqualTo(List.of("inputs.a"));
        assertThat(title.position().line()).isEqualTo(8);
    }

    @Test
    void theStepsOfACompositeActionAreRead() throws Exception {
        var tree = new ReadTree(root).with("action.yml", """
                        name: Mine
                        runs:
                          using: composite
                          steps: [{run: "echo ${{ inputs.x }}", shell: bash}]
                        """).readBy(new WorkflowReader());

        assertThat(tree.addresses()).containsExactly("github_action action.yml", "github_step action.yml/step 1");
    }

    @Test
    void aWorkflowScannedAloneIsKnownByItsJobs() throws Exception {
        var tree = new ReadTree(root)
                .with("ci.yml", "on: push\njobs:\n  a:\n    runs-on: x\n    steps: []\n")
                .with("other.yml", "jobs:\n  a: {uses: x}\n")
                .readBy(new WorkflowReader());

        assertThat(tree.addresses()).containsExactly("github_workflow ci.yml", "github_job ci.yml/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs: 3", "on: 3\njobs: {a: 3, b: {steps: 3}, c: {steps: [3, null, {uses: 3}]}}", "[]"})
    void otherShapesAreNoCrash(String text) throws Exception {
        var tree = read(text + "\n");

        assertThat(tree.problems()).isEmpty();
    }

    @Test
    void aBrokenWorkflowIsAProblem() throws Exception {
        var tree = read("on: [push\njobs: {\n");

        assertThat(tree.problems()).hasSize(1);
    }

    private ReadTree read(String text) throws InterruptedException {
        return new ReadTree(root).with(".github/workflows/ci.yml", text).readBy(new WorkflowReader());
    }

    private static List<Value.Mapping> steps(ReadTree tree) {
        return tree.all().stream()
                .filter(each -> each.kind().equals("github_step"))
                .map(Resource::attributes)
                .toList();
    }
}
