package dev.stepzero.cli;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows and changes the secrets of runs; never a value. */
@Command(
        name = "secrets",
        mixinStandardHelpOptions = true,
        description = "Keeps secrets encrypted, each for one step of the runs of one project to one environment.",
        subcommands = {
            SecretsSet.class,
            SecretsList.class,
            SecretsRotate.class,
            SecretsRemove.class,
            SecretsVersions.class,
            SecretsRewrap.class
        },
        footer = {
            "",
            "Values are typed when asked, or come from standard input; they are never arguments and never shown.",
            "",
            "Examples:",
            "  stepzero secrets set API_TOKEN --step smoke < token",
            "  stepzero secrets list",
            "  stepzero secrets rotate API_TOKEN --step smoke --overlap 2h < new-token"
        })
final class SecretsCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private Place place = new Place();

    SecretsCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        return SecretsList.list(terminal, clock, place, Optional.empty());
    }
}
