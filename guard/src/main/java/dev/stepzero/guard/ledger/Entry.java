package dev.stepzero.guard.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Something that was decided or done. Texts that are too long are cut, so that nothing that somebody sends keeps an entry
 * from being written.
 *
 * @param who who did it
 * @param action what, by a name out of {@link Actions}
 * @param what on what
 * @param at when, by the clock of whoever did it, to the microsecond
 * @param reason why, in words for people; may be empty
 */
public record Entry(Actor who, String action, Thing what, Instant at, Outcome outcome, String reason, Details details) {

    public Entry {
        action = Bounded.text(action, Bounded.NAME);
        at = at.truncatedTo(ChronoUnit.MICROS);
        reason = Bounded.text(reason, Bounded.REASON);
    }

    /** The entry in canonical JSON, as it is kept until it has a number. */
    String canonical() {
        return Canonical.json(Map.ofEntries(
                Map.entry("action", action),
                Map.entry("address", who.address()),
                Map.entry("at", Times.text(at)),
                Map.entry("details", new Canonical.Raw(details.json())),
                Map.entry("environment", what.environment()),
                Map.entry("object", what.id()),
                Map.entry("outcome", outcome.label()),
                Map.entry("principal", who.principal()),
                Map.entry("project", what.project()),
                Map.entry("reason", reason),
                Map.entry("session", who.session()),
                Map.entry("type", what.type())));
    }
}
