package dev.stepzero.ship.decisions;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/** A ledger that a test reads back. */
public final class KeptLedger implements Ledger {
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    @Override
    public long append(Entry entry) {
        entries.add(entry);
        return entries.size() - 1;
    }

    @Override
    public void append(Handle transaction, Entry entry) {
        entries.add(entry);
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** What decides in the name of a person called {@code ada}. */
    public Decisions decisions(Clock clock) {
        return new Decisions(this, new Actor("ada", "", ""), clock);
    }
}
