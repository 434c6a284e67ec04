package dev.stepzero.guard.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Entries to test with. */
final class Entries {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

    private Entries() {}

    static Entry number(int i) {
        return new Entry(
                new Actor(i % 3 == 0 ? "ada" : "grace", "s" + i, "192.0.2." + i % 256),
                i % 5 == 0 ? "key.rotate" : "key.create",
                new Thing("key", "SHA256:" + i, "invoicer", i % 2 == 0 ? "production" : "staging"),
                NOON.plusSeconds(i),
                i % 7 == 0 ? Outcome.DENIED : Outcome.SUCCEEDED,
                "because of " + i,
                Details.of(Map.of("i", i)));
    }

    static List<Entry> first(int count) {
        var entries = new ArrayList<Entry>();
        for (var i = 0; i < count; i++) {
            entries.add(number(i));
        }
        return entries;
    }
}
