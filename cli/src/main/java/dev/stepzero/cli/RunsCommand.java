package dev.stepzero.cli;

import dev.stepzero.cli.remote.Facts;
import dev.stepzero.cli.remote.Server;
import dev.stepzero.core.UserError;
import dev.stepzero.govern.report.Shown;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.RunStatement;
import dev.stepzero.ship.Shipping;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunSummary;
import dev.stepzero.ship.engine.StepRecord;
import dev.stepzero.ship.phoenix.RebuildLog;
import dev.stepzero.ship.yaml.Nearest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks back at runs. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Lists the latest runs, or shows one with its steps, their output and what they attested.",
        footer = {
            "",
            "Examples:",
            "  stepzero runs",
            "  stepzero runs 12",
            "  stepzero runs 12 --output test",
            "  stepzero runs 12 --statements > run12.intoto.jsonl"
        })
final class RunsCommand implements Callable<Integer> {
    private static final String RUN_ROW = "%-6s %-16s %-14s %-14s %-12s %9s  %s%n";

    private static final int LATEST = 20;

    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private Place place = new Place();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "A run's number.")
    private @Nullable Long run;

    @Option(names = "--output", paramLabel = "STEP", description = "Print all that this step wrote.")
    private @Nullable String step;

    @Option(names = "--statements", description = "Print what the steps attested: a signed envelope a line, in JSON.")
    private boolean statements;

    RunsCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        var server = place.server(terminal);
        if (server.isPresent()) {
            ask(server.get());
            terminal.out().flush();
            return 0;
        }
        try (var shipping = Shipping.open(terminal.environment(), clock)) {
            var journal = shipping.journal();
            if (run == null) {
                list(journal, shipping.rebuilds());
            } else if (statements) {
                find(journal, run);
                shipping.statements(run).forEach(each -> terminal.out().println(each.envelope()));
            } else if (step == null) {
                show(find(journal, run), journal.steps(run), shipping.rebuilds().of(List.of(run)));
                shipping.statements(run).forEach(this::show);
            } else {
                find(journal, run);
                requireStep(run, step, journal.steps(run));
                journal.output(run, step).forEach(terminal.out()::println);
            }
            terminal.out().flush();
            return 0;
        }
    }

    private void ask(Server server) throws InterruptedException {
        if (statements) {
            throw UserError.usage("a server gives statements by release, not by run")
                    .at("--statements")
                    .fix("take them from the release's page");
        }
        if (run == null) {
            header();
            server.list("/api/v1/runs", Map.of(), LATEST).forEach(each -> row(Facts.run(each), Map.of()));
            return;
        }
        var details = server.get("/api/v1/runs/" + run);
        var steps = Facts.steps(details);
        if (step == null) {
            show(Facts.run(details.path("run")), steps, Map.of());
        } else {
            requireStep(run, step, steps);
            server.text(
                    "/api/v1/runs/" + run + "/log",
                    Map.of("step", step),
                    text -> text.lines().map(Shown::line).forEach(terminal.out()::println));
        }
    }

    /** Whoever signed it, what is printed must not steer the terminal. */
    private void show(RunStatement each) {
        terminal.out()
                .printf(
                        "  %-9s %-14s %-12s %-22s %s%n",
                        "attested",
                        each.step(),
                        each.kind(),
                        Shown.line(each.result()),
                        each.signer()
                                .map("signed by %s"::formatted)
                                .orElse("does not verify with any key of this installation"));
    }

    private void list(RunJournal journal, RebuildLog rebuilds) {
        header();
        var latest = journal.latest(LATEST);
        var why = rebuilds.of(latest.stream().map(each -> each.run().id()).toList());
        latest.forEach(each -> row(each, why));
    }

    private void header() {
        terminal.out().printf(RUN_ROW, "RUN", "PROJECT", "ENVIRONMENT", "COMMIT", "STATUS", "TIME", "");
    }

    private void row(RunSummary summary, Map<Long, String> rebuilds) {
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
                        Shown.line(what(summary, rebuilds)));
    }

    private static String what(RunSummary summary, Map<Long, String> rebuilds) {
        return Stream.of(
                        Optional.ofNullable(rebuilds.get(summary.run().id()))
                                .map("rebuilt for "::concat)
                                .orElse(""),
                        summary.reason().orElse(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
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

    private static void requireStep(long number, String step, List<StepRecord> steps) {
        var names = steps.stream().map(StepRecord::name).toList();
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
        if (summary.run().key().trust() != TrustClass.TRUSTED) {
            parts.add(summary.run().key().trust().label() + ", without secrets and apart from trusted runs");
        }
        if (!parts.isEmpty()) {
            terminal.out().println("  " + String.join(", ", parts));
        }
    }

    private void show(RunSummary summary, List<StepRecord> steps, Map<Long, String> rebuilds) {
        row(summary, rebuilds);
        origin(summary);
        for (var each : steps) {
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
