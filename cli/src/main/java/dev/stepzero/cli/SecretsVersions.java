package dev.stepzero.cli;

import dev.stepzero.guard.secrets.SecretSummary;
import dev.stepzero.ship.Shipping;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the versions of a secret. */
@Command(
        name = "versions",
        mixinStandardHelpOptions = true,
        description = "Shows the versions of a secret that are kept, and what wraps their keys.",
        footer = {"", "Example: stepzero secrets versions API_TOKEN --step smoke"})
final class SecretsVersions implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private ChosenSecret chosen = new ChosenSecret();

    SecretsVersions(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        var remote = chosen.remote(terminal);
        if (remote.isPresent()) {
            show(remote.get().versions(chosen.id()));
        } else {
            try (var shipping = Shipping.open(terminal.environment(), clock)) {
                show(shipping.secrets().versions(chosen.id()));
            }
        }
        terminal.out().flush();
        return 0;
    }

    private void show(List<SecretSummary.Version> versions) {
        var row = "%-8s %-8s %-44s %s%n";
        terminal.out().printf(row, "VERSION", "AGE", "KEY", "");
        for (var each : versions) {
            var state = each.until()
                    .map(until -> until.isAfter(clock.instant()) ? "valid until " + until : "ended")
                    .orElse("current");
            terminal.out().printf(row, each.number(), SecretsList.age(clock, each.made()), each.keyId(), state);
        }
    }
}
