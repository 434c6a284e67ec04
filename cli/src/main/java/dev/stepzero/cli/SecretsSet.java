package dev.stepzero.cli;

import dev.stepzero.ship.Shipping;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stores a secret. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Stores a new secret, whose value is typed when asked or comes from standard input.",
        footer = {
            "",
            "A value of one line loses the end of its line; one of several lines is kept as it is.",
            "",
            "Example: stepzero secrets set API_TOKEN --step smoke < token"
        })
final class SecretsSet implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private ChosenSecret chosen = new ChosenSecret();

    @Option(names = "--canary", description = "End the run when the value shows up in the step's output.")
    private boolean canary;

    SecretsSet(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        var id = chosen.id();
        var remote = chosen.remote(terminal);
        if (remote.isPresent()) {
            try (var value = SecretInput.read()) {
                remote.get().create(id, value, canary);
            }
        } else {
            try (var value = SecretInput.read();
                    var shipping = Shipping.open(terminal.environment(), clock)) {
                shipping.secrets().create(id, value, canary, ChosenSecret.user());
            }
        }
        terminal.out().printf("%s is stored%n", id);
        terminal.out().flush();
        return 0;
    }
}
