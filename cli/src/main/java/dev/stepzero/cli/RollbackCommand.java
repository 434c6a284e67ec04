package dev.stepzero.cli;

import dev.stepzero.ship.Shipping;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings an earlier release back. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Brings the release back that served before, or a given one, by the same blue/green way.",
        footer = {
            "",
            "Examples:",
            "  stepzero rollback invoicer",
            "  stepzero rollback examples/invoicer --to staging --commit 1acf1cc7",
            "  stepzero rollback invoicer --reason 'the new base loses connections; see ticket 17'"
        })
final class RollbackCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private Place place = new Place();

    @Parameters(
            arity = "0..1",
            paramLabel = "PROJECT",
            description = "The application's name or its directory; default: here.")
    private String project = ".";

    @Option(names = "--to", paramLabel = "NAME", description = "The environment; default: production.")
    private String environment = "production";

    @Option(names = "--commit", paramLabel = "REV", description = "The commit to go back to; default: the one before.")
    private @Nullable String commit;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why; needed where that brings a vulnerability back that a gate blocks.")
    private @Nullable String reason;

    RollbackCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        var server = place.server(terminal);
        if (server.isPresent()) {
            return new RemoteRollback(terminal, server.get())
                    .bringBack(Shipping.appOf(project), environment, Optional.ofNullable(commit), reason);
        }
        try (var _ = new CancelOnSignal();
                var shipping = Shipping.open(terminal.environment(), clock)) {
            var deployment = shipping.rollback(
                    project, environment, Optional.ofNullable(commit), Optional.ofNullable(reason), line -> {
                        terminal.err().println("  " + terminal.paint().faint(line));
                        terminal.err().flush();
                    });
            terminal.out()
                    .println("%s %.12s serves in %s again: %s"
                            .formatted(
                                    deployment.project(),
                                    deployment.commit(),
                                    deployment.environment(),
                                    deployment.address()));
            terminal.out().flush();
            return 0;
        }
    }
}
