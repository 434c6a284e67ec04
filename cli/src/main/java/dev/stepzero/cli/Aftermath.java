package dev.stepzero.cli;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.ship.Shipping;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What follows new advisories: what serves is mended where a rebuild does that. */
final class Aftermath {
    @Option(names = "--no-rebuild", description = "Leave what serves as it is, and say nothing about it.")
    private boolean no;

    /** Starts no database where nothing was ever shipped. */
    ExitStatus of(Terminal terminal, Clock clock) throws InterruptedException {
        if (no || !Shipping.isUsed(terminal.environment())) {
            return ExitStatus.PASSED;
        }
        try (var shipping = Shipping.open(terminal.environment(), clock)) {
            return new Mending(terminal, clock, false).mend(shipping, Optional.empty());
        }
    }
}
