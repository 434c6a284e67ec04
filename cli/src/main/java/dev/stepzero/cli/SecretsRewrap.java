package dev.stepzero.cli;

import dev.stepzero.ship.Shipping;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Wraps all data keys anew. */
@Command(
        name = "rewrap",
        mixinStandardHelpOptions = true,
        description = "Wraps the keys of all secrets with the key-encrypting key of today. No secret is decrypted.",
        footer = {
            "",
            "After a change of STEPZERO_SECRETS_KEY, name the former key in STEPZERO_SECRETS_FORMER_KEYS.",
            "",
            "Example: stepzero secrets rewrap --new-key"
        })
final class SecretsRewrap implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Option(names = "--new-key", description = "Make a new key in the key file first, and forget the old one then.")
    private boolean newKey;

    SecretsRewrap(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var shipping = Shipping.open(terminal.environment(), clock)) {
            int wrapped = newKey
                    ? shipping.rotateKeyOfSecrets(ChosenSecret.user())
                    : shipping.secrets().rewrap(ChosenSecret.user());
            terminal.out().printf("%d %s wrapped anew%n", wrapped, wrapped == 1 ? "key is" : "keys are");
        }
        terminal.out().flush();
        return 0;
    }
}
