package dev.stepzero.ship.steps;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.ship.decisions.Decisions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A ledger that forgets with its test. */
final class MemoryLedger implements Ledger {
    private final List<Entry> entries = new ArrayList<>();

    Decisions decisions() {
        return new Decisions(this, new Actor("ann", "", ""), Clock.systemUTC());
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public long append(Entry entry) {
        entries.add(entry);
        return entries.size();
    }

    @Override
    public void append(Handle transaction, Entry entry) {
        entries.add(entry);
    }
}
