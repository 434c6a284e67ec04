package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.MendRequest;
import dev.stepzero.ship.Shipping;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rebuilds what serves where the newest base mends it. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = "Builds commits that serve again on the newest base where that mends what became known since,"
                + " takes them through the same stages, and replaces what serves. Says once what needs a person."
                + " Without a project: all that mends itself (rebuild: automatic in stepzero.yaml), for a timer.",
        footer = {
            "",
            "Exit codes: 0 nothing is left that is new and a gate would block; 1 something is, or a rebuild was refused.",
            "",
            "Examples:",
            "  stepzero rebuild                            what db update does after each refresh",
            "  stepzero rebuild invoicer --to production   now, even if that was refused before"
        })
final class RebuildCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Parameters(
            arity = "0..1",
            paramLabel = "PROJECT",
            description = "The application's name or its directory; default: all that mends itself.")
    private @Nullable String project;

    @Option(names = "--to", paramLabel = "NAME", description = "Only this environment of the project.")
    private @Nullable String environment;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every line that the steps write.")
    private boolean verbose;

    RebuildCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (project == null && environment != null) {
            throw UserError.usage("an environment is one of a project").fix("name that too: stepzero rebuild PROJECT");
        }
        var asked = Optional.ofNullable(project).map(name -> new MendRequest(name, Optional.ofNullable(environment)));
        try (var _ = new CancelOnSignal();
                var shipping = Shipping.open(terminal.environment(), clock)) {
            return new Mending(terminal, clock, verbose).mend(shipping, asked).code();
        }
    }
}
