package dev.stepzero.cli;

import dev.stepzero.cli.remote.Facts;
import dev.stepzero.govern.report.Shown;
import dev.stepzero.ship.Shipping;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what is running. */
@Command(
        name = "environments",
        mixinStandardHelpOptions = true,
        description = "Shows each environment with the release that serves there.",
        footer = {"", "Examples:", "  stepzero environments", "  stepzero environments --history"})
final class EnvironmentsCommand implements Callable<Integer> {
    private static final String HISTORY_ROW = "%-16s %-14s %-12s %-14s %-9s %-9s %-20s %s%n";
    private static final int HISTORY_ROWS = 50;
    private static final int MOST_SERVING = 10_000;
    private static final String ROW = "%-16s %-14s %-12s %-14s %-9s %-7s %-10s %s%n";

    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private Place place = new Place();

    @Option(names = "--history", description = "Show what served when, the newest first.")
    private boolean history;

    EnvironmentsCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        var server = place.server(terminal);
        if (server.isPresent()) {
            var path = history ? "/api/v1/deployments" : "/api/v1/environments";
            show(server.get().list(path, Map.of(), history ? HISTORY_ROWS : MOST_SERVING).stream()
                    .map(Facts::deployment)
                    .toList());
            return 0;
        }
        try (var shipping = Shipping.open(terminal.environment(), clock)) {
            var deployments = shipping.deployments();
            show(history ? deployments.latest(HISTORY_ROWS) : deployments.serving());
            return 0;
        }
    }

    private void show(List<Deployment> deployments) {
        if (history) {
            history(deployments);
        } else {
            serving(deployments);
        }
    }

    private void serving(List<Deployment> serving) {
        if (serving.isEmpty()) {
            terminal.err().println("nothing is deployed yet; try: stepzero ship examples/invoicer");
            return;
        }
        var out = terminal.out();
        out.printf(ROW, "PROJECT", "ENVIRONMENT", "TARGET", "COMMIT", "KIND", "COLOUR", "SINCE", "ADDRESS");
        for (var each : serving) {
            out.printf(
                    ROW,
                    each.project(),
                    each.environment(),
                    each.target(),
                    each.commit().substring(0, 12),
                    each.kind(),
                    each.colour(),
                    age(each.startedAt()),
                    each.address());
        }
        out.flush();
    }

    private void history(List<Deployment> deployments) {
        var out = terminal.out();
        out.printf(HISTORY_ROW, "PROJECT", "ENVIRONMENT", "TARGET", "COMMIT", "KIND", "STATUS", "STARTED", "");
        for (var each : deployments) {
            out.printf(
                    HISTORY_ROW,
                    each.project(),
                    each.environment(),
                    each.target(),
                    each.commit().substring(0, 12),
                    each.kind(),
                    each.status(),
                    each.startedAt().truncatedTo(ChronoUnit.SECONDS),
                    Shown.line(each.reason() == null ? each.why() : each.reason()));
        }
        out.flush();
    }

    private String age(Instant since) {
        var age = Duration.between(since, clock.instant());
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        return age.toHours() > 0 ? age.toHours() + " h" : age.toMinutes() + " min";
    }
}
