package dev.stepzero.cli;

import dev.stepzero.cli.remote.Server;
import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.govern.report.Wrapped;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.ShipPlan;
import dev.stepzero.ship.ShipRequest;
import dev.stepzero.ship.Shipped;
import dev.stepzero.ship.Shipping;
import dev.stepzero.ship.git.SourceRepository;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a commit to production. */
@Command(
        name = "ship",
        mixinStandardHelpOptions = true,
        description = "Takes a commit from the repository to an environment: tests, build, analysis, gate, deployment.",
        footer = {
            "",
            "A run that was cut goes on where it was when the same command is given again.",
            "",
            "Examples:",
            "  stepzero ship examples/invoicer",
            "  stepzero ship . --commit v1.4 --to staging --target containers"
        })
final class ShipCommand implements Callable<Integer> {
    private static final int WARNING_INDENT = 4;

    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private Place place = new Place();

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The project's directory; default: here.")
    private Path directory = Path.of(".");

    @Option(names = "--to", paramLabel = "NAME", description = "The environment; default: production.")
    private String environment = "production";

    @Option(
            names = "--target",
            paramLabel = "KIND",
            description = "containers or process; default: containers where an engine answers, else process.")
    private @Nullable String target;

    @Option(names = "--commit", paramLabel = "REV", description = "The commit; default: HEAD.")
    private @Nullable String commit;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every line that the steps write.")
    private boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show only the result and errors.")
    private boolean quiet;

    ShipCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        var server = place.server(terminal);
        if (server.isPresent()) {
            return ask(server.get());
        }
        var started = clock.instant();
        var request = new ShipRequest(
                directory, environment, Optional.ofNullable(target), Optional.ofNullable(commit), TrustClass.TRUSTED);
        try (var _ = new CancelOnSignal();
                var shipping = Shipping.open(terminal.environment(), clock);
                var plan = shipping.plan(request)) {
            var view = new RunView(quiet ? terminal.silent() : terminal, clock, verbose);
            if (!quiet) {
                terminal.err().println(heading(plan));
            }
            Shipped shipped;
            try (var _ = new Ticker(view)) {
                shipped = shipping.ship(plan, view);
            }
            if (!quiet) {
                view.warnings().forEach(text -> warn(terminal, text));
            }
            return report(plan, shipped, Duration.between(started, clock.instant()));
        }
    }

    private int ask(Server server) throws InterruptedException {
        if (target != null) {
            throw UserError.usage("a server knows itself where it ships to")
                    .at("--target")
                    .fix("leave it out");
        }
        try (var _ = new CancelOnSignal();
                var repository = SourceRepository.around(directory)) {
            var id = repository
                    .commit(Objects.requireNonNullElse(commit, "HEAD"))
                    .id();
            var view = new RunView(quiet ? terminal.silent() : terminal, clock, verbose);
            return new RemoteShip(terminal, clock, server, view, quiet)
                    .ship(Shipping.appOf(directory.toString()), environment, id);
        }
    }

    private String heading(ShipPlan plan) {
        var paint = terminal.paint();
        return "\n  %s %s %s  →  %s %s\n"
                .formatted(
                        paint.strong(plan.project().app()),
                        plan.commit().shortId(),
                        paint.faint("“" + plan.commit().subject() + "”"),
                        paint.strong(plan.environment().name()),
                        paint.faint("(" + plan.site().describe() + ")"));
    }

    static void warn(Terminal terminal, String text) {
        var lines = Wrapped.at(terminal.width() - WARNING_INDENT, text);
        terminal.err().println("  " + terminal.paint().caution("! ") + lines.getFirst());
        lines.stream().skip(1).forEach(line -> terminal.err().println(" ".repeat(WARNING_INDENT) + line));
    }

    private int report(ShipPlan plan, Shipped shipped, Duration took) {
        terminal.err().flush();
        if (shipped.failure().isPresent()) {
            return failed(shipped.failure().get());
        }
        terminal.out()
                .println("%n  %s %s is in %s after %s: %s"
                        .formatted(
                                plan.project().app(),
                                plan.commit().shortId(),
                                plan.environment().name(),
                                RunView.seconds(took),
                                shipped.address().orElseThrow()));
        shipped.hints().forEach(hint -> terminal.out().println("  " + hint));
        terminal.out().flush();
        return ExitStatus.PASSED.code();
    }

    private int failed(Throwable failure) {
        if (failure instanceof InterruptedException) {
            terminal.err().println("\n  interrupted; the same command goes on where this run was");
            return ExitStatus.INTERRUPTED.code();
        }
        return new ErrorReport(terminal).print(failure);
    }
}
