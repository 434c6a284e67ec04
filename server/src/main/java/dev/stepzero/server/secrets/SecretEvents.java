package dev.stepzero.server.secrets;

import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.Leaf;
import dev.stepzero.guard.ledger.LedgerQuery;
import dev.stepzero.guard.secrets.SecretId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the ledger says of a secret: who set it, and what had it. */
@Component
public class SecretEvents {
    /** Entries that are looked through for those of one step, for the ledger's order knows the secret's name only. */
    private static final int SEEN = 500;

    private static final int SHOWN = 30;

    private final InstalledLedger ledger;
    private final JsonMapper json = new JsonMapper();

    SecretEvents(InstalledLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Something that happened to a secret.
     *
     * @param number the entry's
     * @param what {@code created}, {@code rotated}, {@code used} and the like
     * @param version the one that it is about; 0 where a step got none
     * @param run what had it; empty for changes
     */
    public record Event(long number, Instant at, String who, String what, int version, String run) {}

    /** The newest first. */
    List<Event> of(SecretId id) {
        var query = new LedgerQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.of("secret"),
                Optional.of(id.name()),
                Optional.of(id.scope().project()),
                Optional.of(id.scope().environment()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                SEEN);
        return ledger.ledger().reader().search(query).stream()
                .flatMap(leaf -> event(leaf, id.scope().step()).stream())
                .limit(SHOWN)
                .toList();
    }

    private Optional<Event> event(Leaf leaf, String step) {
        var entry = leaf.entry();
        var details = json.readTree(entry.details().json());
        if (!details.path("step").asString("").equals(step)) {
            return Optional.empty();
        }
        var version = details.path("version").asInt(0);
        var used = entry.action().equals("secret.use");
        var what = used
                ? (version == 0 ? "refused" : "used")
                : details.path("change").asString("changed");
        return Optional.of(new Event(
                leaf.number(),
                entry.at(),
                entry.who().principal(),
                what,
                version,
                details.path("run").asString("")));
    }
}
