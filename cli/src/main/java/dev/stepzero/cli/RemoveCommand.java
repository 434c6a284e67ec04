package dev.stepzero.cli;

import dev.stepzero.ship.Shipping;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes an environment away. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description =
                "Takes an environment away: its replicas, its load balancer, its database's server. It asks nothing.",
        footer = {
            "",
            "The database's data and the secrets are kept for the next ship, unless --with-data is given.",
            "",
            "Examples:",
            "  stepzero remove invoicer",
            "  stepzero remove examples/invoicer --to staging --with-data"
        })
final class RemoveCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Parameters(
            arity = "0..1",
            paramLabel = "PROJECT",
            description = "The application's name or its directory; default: here.")
    private String project = ".";

    @Option(names = "--to", paramLabel = "NAME", description = "The environment; default: production.")
    private String environment = "production";

    @Option(names = "--with-data", description = "Delete the database's data and the secrets too.")
    private boolean withData;

    RemoveCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var _ = new CancelOnSignal();
                var shipping = Shipping.open(terminal.environment(), clock)) {
            for (var each : shipping.remove(project, environment, withData)) {
                terminal.out()
                        .println("%s is gone from %s (%s)%s"
                                .formatted(
                                        each.project(),
                                        each.environment(),
                                        each.target(),
                                        withData ? ", with its data and secrets" : "; its data and secrets are kept"));
            }
            terminal.out().flush();
            return 0;
        }
    }
}
