package dev.stepzero.guard.ledger;

import dev.stepzero.guard.ledger.merkle.Hash;
import dev.stepzero.guard.ledger.merkle.Nodes;
import dev.stepzero.guard.ledger.merkle.Proofs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** What the ledger says. Entries that have no number yet are not seen. */
public final class LedgerReader {
    private final Jdbi jdbi;

    public LedgerReader(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How many entries there are. */
    public long size() {
        return jdbi.withHandle(handle -> Head.Tip.read(handle).size());
    }

    /** How many entries wait for their number. */
    public long pending() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from ledger.pending")
                .mapTo(Long.class)
                .one());
    }

    /** The name of this ledger, as its checkpoints have it. */
    public String origin() {
        return jdbi.withHandle(CheckpointSigner::origin);
    }

    public Optional<Leaf> find(long number) {
        return jdbi.withHandle(handle -> handle.createQuery("select leaf from ledger.entry where seq = :seq")
                .bind("seq", number)
                .mapTo(String.class)
                .findOne()
                .map(Leaf::parse));
    }

    /** A page of entries, the newest first. */
    public List<Leaf> search(LedgerQuery query) {
        var conditions = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        var texts = Map.of(
                "principal", query.principal(),
                "action", query.action(),
                "type", query.type(),
                "object", query.object(),
                "project", query.project(),
                "environment", query.environment(),
                "outcome", query.outcome().map(Outcome::label));
        texts.forEach((column, value) -> value.ifPresent(text -> {
            conditions.add("%s = :%s".formatted(column, column));
            values.put(column, text);
        }));
        query.from().ifPresent(from -> {
            conditions.add("seq >= :from");
            values.put("from", firstSince(from));
        });
        query.until().ifPresent(until -> {
            conditions.add("seq < :until");
            values.put("until", firstSince(until));
        });
        query.before().ifPresent(before -> {
            conditions.add("seq < :before");
            values.put("before", before);
        });
        var where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select leaf from ledger.entry" + where + " order by seq desc limit " + query.limit())
                .bindMap(values)
                .mapTo(String.class)
                .map(Leaf::parse)
                .list());
    }

    /**
     * The number of the first entry that was written down at a time or later; the size if there is none. Numbers have no
     * gap and their times never go back, so that halving finds it by a few looks at the primary key, and a time costs no
     * index.
     */
    public long firstSince(Instant time) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        with recursive half (low, high) as (
                            select 0::bigint, coalesce((select max(seq) + 1 from ledger.entry), 0)
                            union all
                            select case when e.recorded < :time then e.seq + 1 else h.low end,
                                   case when e.recorded < :time then h.high else e.seq end
                            from half h join ledger.entry e on e.seq = (h.low + h.high) / 2
                            where h.low < h.high)
                        select min(high) from half where low = high""").bind("time", time).mapTo(Long.class).one());
    }

    /** The newest checkpoint. */
    public Optional<SignedCheckpoint> checkpoint() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select note from ledger.checkpoint order by size desc limit 1")
                        .mapTo(String.class)
                        .findOne()
                        .map(SignedCheckpoint::parse));
    }

    /** The checkpoint of a size. */
    public Optional<SignedCheckpoint> checkpoint(long size) {
        return jdbi.withHandle(handle -> handle.createQuery("select note from ledger.checkpoint where size = :size")
                .bind("size", size)
                .mapTo(String.class)
                .findOne()
                .map(SignedCheckpoint::parse));
    }

    /**
     * Proves that an entry is in the ledger of a size.
     *
     * @throws IllegalArgumentException if it is not
     */
    public List<Hash> inclusion(long number, long size) {
        return withNodes(nodes -> new Proofs(nodes).inclusion(number, size));
    }

    /**
     * Proves that the ledger of a size is what an earlier one grew to.
     *
     * @throws IllegalArgumentException if it never had such a size
     */
    public List<Hash> consistency(long earlier, long size) {
        return withNodes(nodes -> new Proofs(nodes).consistency(earlier, size));
    }

    private <T> T withNodes(Function<Nodes, T> work) {
        return jdbi.withHandle(handle -> work.apply(
                new StoredNodes(new TileStore(handle), Head.Tip.read(handle).size())));
    }
}
