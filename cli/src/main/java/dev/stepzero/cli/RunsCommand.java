package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.Shipping;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunSummary;
import dev.stepzero.ship.engine.StepRecord;
import dev.stepzero.ship.engine.Trust;
import dev.stepzero.ship.yaml.Nearest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks back at runs. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Lists the latest runs, or shows one with its steps and their output.",
        footer = {"", "Examples:", "  stepzero runs", "  stepzero runs 12", "  stepzero runs 12 --output test"})
final class RunsCommand implements Callable<Integer> {
    private static final String RUN_ROW = "%-6s %-16s %-14s %-14s %-12s %9s  %s%n";

    private final Terminal terminal;
    private final Clock clock;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "A run's number.")
    private @Nullable Long run;

    @Option(names = "--output", paramLabel = "STEP", description = "Print all that this step wrote.")
    private @Nullable String step;

    RunsCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var shipping = Shipping.open(terminal.environment(), clock)) {
            var journal = shipping.journal();
            if (run == null) {
                list(journal);
            } else if (step == null) {
                show(journal, run);
            } else {
                requireStep(journal, run, step);
                journal.output(run, step).forEach(terminal.out()::println);
            }
            terminal.out().flush();
            return 0;
        }
    }

    private void list(RunJournal journal) {
        terminal.out().printf(RUN_ROW, "RUN", "PROJECT", "ENVIRONMENT", "COMMIT", "STATUS", "TIME", "");
        journal.latest(20).forEach(this::row);
    }

    private void row(RunSummary summary) {
        var key = summary.run().key();
        terminal.out()
                .printf(
                        RUN_ROW,
                        summary.run().id(),
                        key.project(),
                        leadsTo(summary),
                        key.commit().substring(0, 12),
                        summary.status().label(),
                        summary.duration().map(RunView::seconds).orElse(""),
                        summary.reason().orElse(""));
    }

    /** The environment, or what is verified for none. */
    private static String leadsTo(RunSummary summary) {
        var key = summary.run().key();
        return key.purpose() == Purpose.SHIP
                ? key.environment()
                : summary.origin()
                        .pullRequest()
                        .map("verifies #%d"::formatted)
                        .orElseGet(() -> "verifies " + key.lane().replaceFirst("^refs/heads/", ""));
    }

    private static RunSummary find(RunJournal journal, long number) {
        return journal.find(number)
                .orElseThrow(() -> UserError.usage("there is no run " + number).fix("see: stepzero runs"));
    }

    private static void requireStep(RunJournal journal, long number, String step) {
        find(journal, number);
        var names = journal.steps(number).stream().map(StepRecord::name).toList();
        if (!names.contains(step)) {
            throw UserError.usage("run %d has no step '%s'".formatted(number, step))
                    .fix(Nearest.to(step, names)
                            .map("did you mean '%s'?"::formatted)
                            .orElse("use one of " + String.join(", ", names)));
        }
    }

    private void origin(RunSummary summary) {
        var origin = summary.origin();
        var parts = new ArrayList<String>();
        if (!origin.requestedBy().isEmpty()) {
            parts.add("asked for by " + origin.requestedBy());
        }
        if (!origin.ref().isEmpty()) {
            parts.add("from " + origin.ref());
        }
        if (summary.run().key().trust() != Trust.TRUSTED) {
            parts.add(summary.run().key().trust().label() + ", without secrets and apart from trusted runs");
        }
        if (!parts.isEmpty()) {
            terminal.out().println("  " + String.join(", ", parts));
        }
    }

    private void show(RunJournal journal, long number) {
        var summary = find(journal, number);
        row(summary);
        origin(summary);
        for (var each : journal.steps(number)) {
            terminal.out()
                    .printf(
                            "  %-9s %-14s %-12s %9s  %s%n",
                            each.stage(),
                            each.name(),
                            each.status().label(),
                            each.duration().map(RunView::seconds).orElse(""),
                            each.reason() != null ? each.reason() : each.summary() != null ? each.summary() : "");
        }
    }
}
