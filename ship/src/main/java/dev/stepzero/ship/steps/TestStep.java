package dev.stepzero.ship.steps;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.project.Project;
import dev.stepzero.ship.sandbox.JUnitReports;
import dev.stepzero.ship.sandbox.TestReport;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/** Runs the project's own tests, without network, and reads what they report. */
public final class TestStep implements Step {
    private static final int FAILURES_SHOWN = 10;

    private final Project project;
    private final Commit commit;
    private final ProjectCommands commands;

    public TestStep(Project project, Commit commit, ProjectCommands commands) {
        this.project = project;
        this.commit = commit;
        this.commands = commands;
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public Stage stage() {
        return Stage.VERIFY;
    }

    @Override
    public Set<Slot<?>> needs() {
        return project.plan().testsWhatWasBuilt()
                ? Set.of(Handover.TOOLCHAIN, Handover.DEPENDENCIES, Handover.ARTIFACT)
                : Set.of(Handover.SOURCES, Handover.TOOLCHAIN, Handover.DEPENDENCIES);
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.TESTS);
    }

    @Override
    public void run(StepContext context) throws InterruptedException {
        var finished = execute(context);
        var reports = project.plan().reports().stream()
                .map(finished.workspace()::resolve)
                .filter(Files::isDirectory)
                .map(JUnitReports::read)
                .toList();
        reports.forEach(report -> report.problems().forEach(context::warn));
        var results = Results.of(reports);
        if (finished.exitCode() != 0 || results.failed() > 0) {
            var failed = failed(finished.exitCode(), results, context);
            attest(context, TestResult.failed(command(), results.counts(), results.names(), failed.what()));
            throw failed;
        }
        if (results.tests() == 0) {
            context.warn("no test reported a result: nothing says that the application works");
        }
        attest(context, TestResult.passed(command(), results.counts()));
        context.give(
                Handover.TESTS, new Handover.TestReport(results.tests(), results.skipped(), results.milliseconds()));
        context.summary(Plural.of(results.tests(), "test")
                + (results.skipped() > 0 ? ", %d skipped".formatted(results.skipped()) : ""));
    }

    /** Tests that hang or flood have failed as well, and nothing that they reported by then counts. */
    private ProjectCommands.Finished execute(StepContext context) throws InterruptedException {
        var test = project.test();
        try {
            return commands.run(
                    ProjectCommands.Request.of("test", command())
                            .after(project.plan().testsWhatWasBuilt() ? PackageStep.NAME : "")
                            .network(test.network())
                            .within(test.timeout())
                            .memory(test.memoryMegabytes()),
                    context);
        } catch (UserError e) {
            if (e.status() == ExitStatus.BLOCKED) {
                attest(
                        context,
                        TestResult.failed(command(), Results.of(List.of()).counts(), List.of(), e.what()));
            }
            throw e;
        }
    }

    private String command() {
        return project.plan().test();
    }

    private void attest(StepContext context, TestResult result) {
        context.attest("gitCommit:" + commit.id(), project.app(), PredicateType.TEST_RESULT, result);
    }

    private static UserError failed(int exitCode, Results results, StepContext context) {
        results.failures().stream().limit(FAILURES_SHOWN).forEach(failure -> {
            context.output().line("FAILED %s.%s: %s".formatted(failure.suite(), failure.name(), failure.message()));
            failure.trace().forEach(line -> context.output().line("    " + line));
        });
        return results.failures().isEmpty()
                ? UserError.blocked("the tests ended with exit code " + exitCode)
                        .fix("see the output above; all of it: stepzero runs %d --output test"
                                .formatted(context.run().id()))
                : UserError.blocked("%d of %s failed, the first is %s.%s"
                                .formatted(
                                        results.failed(),
                                        Plural.of(results.tests(), "test"),
                                        results.failures().getFirst().suite(),
                                        results.failures().getFirst().name()))
                        .fix("see the failures above, mend them, commit and ship again");
    }

    /** What the reports of all directories say together. */
    private record Results(
            int tests, int failed, int skipped, long milliseconds, List<TestReport.FailedCase> failures) {
        static Results of(List<TestReport> reports) {
            return new Results(
                    reports.stream().mapToInt(TestReport::tests).sum(),
                    reports.stream()
                            .mapToInt(each -> each.failures() + each.errors())
                            .sum(),
                    reports.stream().mapToInt(TestReport::skipped).sum(),
                    reports.stream()
                            .mapToLong(each -> each.duration().toMillis())
                            .sum(),
                    reports.stream().flatMap(each -> each.failed().stream()).toList());
        }

        TestResult.Counts counts() {
            return new TestResult.Counts(tests, failed, skipped, milliseconds);
        }

        List<String> names() {
            return failures.stream()
                    .map(each -> each.suite() + "." + each.name())
                    .toList();
        }
    }
}
