package dev.stepzero.cli;

import dev.stepzero.guard.secrets.SecretSummary;
import dev.stepzero.ship.Shipping;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists secrets. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Shows which secrets there are, for whom, how old, and when they were last used.",
        footer = {"", "Example: stepzero secrets list --project invoicer"})
final class SecretsList implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Option(names = "--project", paramLabel = "NAME|DIR", description = "Only those of this application; default: all.")
    private @Nullable String project;

    @Mixin
    private Place place = new Place();

    SecretsList(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        return list(terminal, clock, place, Optional.ofNullable(project).map(Shipping::appOf));
    }

    /** Lists those of one project, or of all. */
    static int list(Terminal terminal, Clock clock, Place place, Optional<String> project) throws InterruptedException {
        var server = place.server(terminal);
        if (server.isPresent()) {
            return show(terminal, clock, new RemoteSecrets(server.get()).list(project));
        }
        try (var shipping = Shipping.open(terminal.environment(), clock)) {
            return show(terminal, clock, shipping.secrets().list(project));
        }
    }

    private static int show(Terminal terminal, Clock clock, List<SecretSummary> secrets) {
        if (secrets.isEmpty()) {
            terminal.err().println("there are no secrets yet; see: stepzero secrets set --help");
            return 0;
        }
        var row = "%-24s %-16s %-14s %-12s %-8s %-8s %-10s %s%n";
        var out = terminal.out();
        out.printf(row, "NAME", "PROJECT", "ENVIRONMENT", "STEP", "VERSION", "AGE", "LAST USE", "");
        for (var each : secrets) {
            var scope = each.id().scope();
            var notes = each.previousUntil()
                    .filter(until -> until.isAfter(clock.instant()))
                    .map(until -> "the version before is valid until " + until)
                    .orElse("");
            out.printf(
                    row,
                    each.id().name(),
                    scope.project(),
                    scope.environment(),
                    scope.step(),
                    each.version(),
                    age(clock, each.since()),
                    each.lastUsed().map(used -> age(clock, used)).orElse("never"),
                    each.canary() ? ("canary " + notes).strip() : notes);
        }
        out.flush();
        return 0;
    }

    /** How long ago something was, in the greatest unit that it fills. */
    static String age(Clock clock, Instant since) {
        var age = Duration.between(since, clock.instant());
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        return age.toHours() > 0 ? age.toHours() + " h" : age.toMinutes() + " min";
    }
}
