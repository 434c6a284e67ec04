package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.SecretId;
import dev.stepzero.guard.secrets.SecretStore;
import dev.stepzero.ship.Shipping;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives a secret a new value. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = "Gives a secret a new value. The one before stays valid for a while: the step gets both.",
        footer = {"", "Example: stepzero secrets rotate API_TOKEN --step smoke --overlap 2h < new-token"})
final class SecretsRotate implements Callable<Integer> {
    private static final Pattern OVERLAP = Pattern.compile("([0-9]{1,5})([smhd])");

    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private ChosenSecret chosen = new ChosenSecret();

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            description = "How long the value before stays valid, such as 0s, 2h or 7d; default: 24h.")
    private @Nullable String overlap;

    SecretsRotate(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        var id = chosen.id();
        var both = overlap == null ? SecretStore.OVERLAP : duration(overlap);
        var remote = chosen.remote(terminal);
        int version = remote.isPresent() ? rotate(remote.get(), id, both) : rotate(id, both);
        terminal.out().printf("version %d of %s is current%n", version, id);
        terminal.out().flush();
        return 0;
    }

    private static int rotate(RemoteSecrets remote, SecretId id, Duration both) throws InterruptedException {
        try (var value = SecretInput.read()) {
            return remote.rotate(id, value, both);
        }
    }

    private int rotate(SecretId id, Duration both) throws InterruptedException {
        try (var value = SecretInput.read();
                var shipping = Shipping.open(terminal.environment(), clock)) {
            return shipping.secrets().rotate(id, value, both, ChosenSecret.user());
        }
    }

    private static Duration duration(String text) {
        var match = OVERLAP.matcher(text);
        if (!match.matches()) {
            throw UserError.usage("'%.20s' is no time".formatted(text))
                    .at("--overlap")
                    .fix("write 0s, 90m, 2h or 7d");
        }
        long number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
