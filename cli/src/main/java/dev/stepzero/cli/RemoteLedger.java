package dev.stepzero.cli;

import dev.stepzero.cli.remote.Facts;
import dev.stepzero.cli.remote.Server;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Leaf;
import dev.stepzero.guard.ledger.LedgerQuery;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The ledger of a server, as far as it says itself; what is proven is checked by {@code stepzero audit verify}. */
final class RemoteLedger {
    private RemoteLedger() {}

    static List<Leaf> search(Server server, LedgerQuery query) throws InterruptedException {
        var asked = new LinkedHashMap<String, Object>();
        query.principal().ifPresent(value -> asked.put("principal", value));
        query.action().ifPresent(value -> asked.put("action", value));
        query.type().ifPresent(value -> asked.put("type", value));
        query.object().ifPresent(value -> asked.put("object", value));
        query.project().ifPresent(value -> asked.put("project", value));
        query.environment().ifPresent(value -> asked.put("environment", value));
        query.outcome().ifPresent(value -> asked.put("outcome", value.label()));
        query.from().ifPresent(value -> asked.put("from", value));
        query.until().ifPresent(value -> asked.put("until", value));
        query.before().ifPresent(value -> asked.put("after", value));
        return server.list("/api/v1/ledger/entries", asked, query.limit()).stream()
                .map(RemoteLedger::leaf)
                .toList();
    }

    static Leaf entry(Server server, long number) throws InterruptedException {
        return leaf(server.get("/api/v1/ledger/entries/" + number).path("entry"));
    }

    private static Leaf leaf(JsonNode entry) {
        return Facts.read(
                entry,
                json -> new Leaf(
                        json.path("number").longValue(),
                        Facts.time(json, "recorded"),
                        new Entry(
                                new Actor(
                                        Facts.text(json, "principal"),
                                        Facts.text(json, "session"),
                                        Facts.text(json, "address")),
                                Facts.text(json, "action"),
                                new Thing(
                                        Facts.text(json, "type"),
                                        Facts.text(json, "object"),
                                        Facts.text(json, "project"),
                                        Facts.text(json, "environment")),
                                Facts.time(json, "at"),
                                Outcome.valueOf(Facts.text(json, "outcome").toUpperCase(Locale.ROOT)),
                                Facts.text(json, "reason"),
                                new Details(json.path("details").toString())),
                        Facts.text(json, "leaf")));
    }
}
