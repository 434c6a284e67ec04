package dev.stepzero.cli;

import dev.stepzero.core.Home;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.LedgerReader;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.store.Database;
import java.time.Clock;
import java.util.Map;

/** The ledger for the time of one command, and the user of the operating system who writes to it. */
record OpenLedger(Database database, InstalledLedger installed, Map<String, String> environment, Clock clock)
        implements AutoCloseable {

    static OpenLedger of(Terminal terminal, Clock clock) throws InterruptedException {
        var home = Home.of(terminal.environment());
        var database = Database.open(home.root(), terminal.environment());
        return new OpenLedger(
                database, InstalledLedger.open(home, database.dataSource(), clock), terminal.environment(), clock);
    }

    LedgerReader reader() {
        return installed.ledger().reader();
    }

    void write(String action, Thing thing, Outcome outcome, String reason) {
        var entry =
                new Entry(Actor.ofProcess(environment), action, thing, clock.instant(), outcome, reason, Details.NONE);
        installed.ledger().append(entry);
    }

    @Override
    public void close() {
        try (database) {
            installed.close();
        }
    }
}
