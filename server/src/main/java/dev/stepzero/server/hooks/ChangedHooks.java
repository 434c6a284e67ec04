package dev.stepzero.server.hooks;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Writes what people change between a project and its forge into the ledger; never a secret. */
@Component
class ChangedHooks {
    private final Ledger ledger;
    private final Clock clock;

    ChangedHooks(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    void changed(String project, String what, Map<String, ?> details, Actor who) {
        write("hook.change", new Thing("project", project, project, ""), what, details, who);
    }

    void redelivered(String project, long delivery, Actor who) {
        write("hook.redeliver", new Thing("delivery", Long.toString(delivery), project, ""), "", Map.of(), who);
    }

    private void write(String action, Thing thing, String what, Map<String, ?> details, Actor who) {
        ledger.append(new Entry(who, action, thing, clock.instant(), Outcome.SUCCEEDED, what, Details.of(details)));
    }
}
