package dev.stepzero.guard.identity;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import java.time.Clock;

/**
 * Writes into the ledger what people do with their access. What cannot be written down does not happen: the caller sees
 * the failure.
 */
public record LedgerAudit(Ledger ledger, Clock clock) implements Audit {
    @Override
    public void record(Entry entry) {
        var kind = entry.action().substring(0, entry.action().indexOf('.'));
        ledger.append(new dev.stepzero.guard.ledger.Entry(
                new Actor(entry.who(), "", entry.source().address()),
                entry.action(),
                Thing.of(kind, entry.on().isEmpty() ? entry.who() : entry.on()),
                clock.instant(),
                entry.succeeded() ? Outcome.SUCCEEDED : Outcome.DENIED,
                entry.why(),
                Details.NONE));
    }
}
