package dev.stepzero.guard.ledger;

import dev.stepzero.guard.ledger.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An entry with its place in the ledger.
 *
 * @param number from 0, without a gap; an entry whose commit was answered before another was begun has the lower one
 * @param recorded when it got its number; never before the one of a lower number
 * @param json the bytes that the tree is made of, in canonical JSON: version, number, time and entry
 */
public record Leaf(long number, Instant recorded, Entry entry, String json) {
    private static final int VERSION = 1;
    private static final LeafReader READER = new LeafReader();

    static String json(String canonicalEntry, Instant recorded, long number) {
        return "{\"entry\":%s,\"recorded\":\"%s\",\"seq\":%d,\"v\":%d}"
                .formatted(canonicalEntry, Times.text(recorded), number, VERSION);
    }

    static Hash hash(String json) {
        return Hash.ofLeaf(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException with the reason, if it is not a leaf in canonical form
     */
    static Leaf parse(String json) {
        return READER.read(json);
    }

    /** Reads an entry that has no number yet, as {@link Entry#canonical} wrote it; errors as of {@link #parse}. */
    static Entry parseEntry(String canonical) {
        return READER.entry(canonical);
    }

    public Hash hash() {
        return hash(json);
    }
}
