package dev.stepzero.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.LedgerQuery;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.ship.CommitRequest;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.queue.RunQueue;
import dev.stepzero.ship.queue.RunRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningServer.class)
class WorkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static boolean soon(BooleanSupplier condition) {
        for (var end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
            if (condition.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(20_000_000);
        }
        return false;
    }

    @Test
    void whatWasAskedForIsTakenUp(Running server) {
        var projects = server.part(Projects.class);
        var project = projects.register(RegisteredProject.of(
                "left-behind",
                "https://forge.example.org/left/behind.git",
                "github",
                "main",
                List.of("production"),
                ProjectSettings.DEFAULTS,
                "ada"));
        projects.archive(project.name());
        var queue = server.part(RunQueue.class);
        var request = queue.submit(
                new CommitRequest(
                        project,
                        Purpose.SHIP,
                        TrustClass.TRUSTED,
                        "production",
                        "refs/heads/main",
                        Optional.empty(),
                        "c".repeat(40),
                        "ada"),
                Optional.empty());

        assertThat(soon(() -> queue.find(request).orElseThrow().state() == RunRequest.State.REFUSED))
                .isTrue();
    }

    @Test
    void entriesOfTransactionsGetTheirNumbers(Running server) {
        var ledger = server.part(InstalledLedger.class).ledger();
        var entry = new Entry(
                new Actor("ada", "", ""),
                "ledger.export",
                Thing.of("test", "entriesOfTransactionsGetTheirNumbers"),
                Instant.EPOCH,
                Outcome.ALLOWED,
                "",
                Details.NONE);

        server.part(Jdbi.class).useTransaction(transaction -> ledger.append(transaction, entry));

        assertThat(soon(() -> ledger.reader().search(LedgerQuery.newest(100)).stream()
                        .anyMatch(leaf -> leaf.entry().what().equals(entry.what()))))
                .isTrue();
    }
}
