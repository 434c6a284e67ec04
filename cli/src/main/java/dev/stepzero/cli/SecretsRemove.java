package dev.stepzero.cli;

import dev.stepzero.ship.Shipping;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes a secret. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Removes a secret with all its versions.",
        footer = {"", "Example: stepzero secrets remove API_TOKEN --step smoke"})
final class SecretsRemove implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private ChosenSecret chosen = new ChosenSecret();

    SecretsRemove(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        var id = chosen.id();
        var remote = chosen.remote(terminal);
        if (remote.isPresent()) {
            remote.get().remove(id);
        } else {
            try (var shipping = Shipping.open(terminal.environment(), clock)) {
                shipping.secrets().remove(id, ChosenSecret.user());
            }
        }
        terminal.out().printf("%s is removed%n", id);
        terminal.out().flush();
        return 0;
    }
}
