package dev.stepzero.ship.decisions;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.guard.secrets.SecretId;
import dev.stepzero.guard.secrets.SecretListener;
import java.util.Locale;
import java.util.Map;

/**
 * Writes down who used and who changed a secret. Where the ledger cannot be written, no secret is given.
 *
 * @param actor who acts
 */
public record SecretDecisions(Ledger ledger, Actor actor) implements SecretListener {
    @Override
    public void used(SecretUse use) {
        ledger.append(new Entry(
                actor,
                "secret.use",
                thing(use.id()),
                use.at(),
                use.given() ? Outcome.ALLOWED : Outcome.DENIED,
                "",
                Details.of(Map.of(
                        "run",
                        use.run(),
                        "step",
                        use.id().scope().step(),
                        "trust",
                        use.trust().label(),
                        "version",
                        use.version()))));
    }

    @Override
    public void changed(SecretChange change) {
        ledger.append(new Entry(
                actor,
                "secret.change",
                thing(change.id()),
                change.at(),
                Outcome.ALLOWED,
                "",
                Details.of(Map.of(
                        "by",
                        change.by(),
                        "change",
                        change.kind().name().toLowerCase(Locale.ROOT),
                        "step",
                        change.id().scope().step(),
                        "version",
                        change.version()))));
    }

    private static Thing thing(SecretId id) {
        return new Thing("secret", id.name(), id.scope().project(), id.scope().environment());
    }
}
