package dev.stepzero.cli;

import dev.stepzero.ship.Shipping;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Renews the lock of an image's base. */
@Command(
        name = "lock",
        mixinStandardHelpOptions = true,
        description = "Writes the newest Debian packages of the image's base to stepzero.lock, to be reviewed and"
                + " committed. With it, the same commit gives the same image on every machine.",
        footer = {"", "Example: stepzero lock examples/invoicer"})
final class LockCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The project's directory; default: here.")
    private Path directory = Path.of(".");

    LockCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        Shipping.lock(terminal.environment(), clock, directory).forEach(terminal.out()::println);
        terminal.out().flush();
        return 0;
    }
}
