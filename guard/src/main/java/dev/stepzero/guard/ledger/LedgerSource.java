package dev.stepzero.guard.ledger;

import dev.stepzero.guard.ledger.merkle.Hash;
import dev.stepzero.guard.ledger.merkle.Tile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads a ledger out of the database, in pages: entries, and behind the last that they cover the tiles and checkpoints. It
 * sees the ledger as it was when it began, for what is there does not change.
 */
final class LedgerSource {
    private static final int PAGE = 1000;

    private final Jdbi jdbi;

    LedgerSource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Gives everything from an entry on to somebody until they have had enough. */
    void read(long from, Predicate<Item> reader) {
        jdbi.useHandle(handle -> read(handle, from, reader));
    }

    private static void read(Handle handle, long from, Predicate<Item> reader) {
        var tiles = new TileStore(handle);
        // First the checkpoints: those that are made while we read are of no interest.
        var notes = new Notes(handle, from);
        var end = Math.max(from, Head.Tip.read(handle).size());
        if (!reader.test(new Item.Opening(CheckpointSigner.origin(handle), from, tiles.edge(from)))) {
            return;
        }
        var seen = from;
        var last = from - 1;
        while (true) {
            var page = page(handle, last, end);
            for (var row : page) {
                seen++;
                last = row.number();
                if (!reader.test(row.item()) || !kept(tiles, seen, reader) || !notes.upTo(seen, reader)) {
                    return;
                }
            }
            if (page.size() < PAGE) {
                break;
            }
        }
        if (tiles.last(seen)
                .filter(each -> !reader.test(new Item.Kept(each, Optional.empty())))
                .isPresent()) {
            return;
        }
        if (notes.upTo(Long.MAX_VALUE, reader)) {
            var _ = reader.test(new Item.End(end));
        }
    }

    /** The tiles that the last entry filled. */
    private static boolean kept(TileStore tiles, long size, Predicate<Item> reader) {
        for (var level = 0; size % (1L << ((level + 1) * Tile.HEIGHT)) == 0; level++) {
            if (!reader.test(tiles.kept(level, (size >> ((level + 1) * Tile.HEIGHT)) - 1))) {
                return false;
            }
        }
        return true;
    }

    private record Found(long number, Item.Row item) {}

    private static List<Found> page(Handle handle, long after, long end) {
        return handle.createQuery(
                        "select * from ledger.entry where seq > :after and seq < :end order by seq limit " + PAGE)
                .bind("after", after)
                .bind("end", end)
                .map((row, _) -> found(row))
                .list();
    }

    private static Found found(ResultSet row) throws SQLException {
        var leaf = row.getString("leaf");
        var item = new Item.Row(leaf, Optional.of(Hash.of(row.getBytes("leaf_hash"))), complaint(leaf, row));
        return new Found(row.getLong("seq"), item);
    }

    /** What is searched by has to be what was written. */
    private static Optional<String> complaint(String json, ResultSet row) throws SQLException {
        Leaf leaf;
        try {
            leaf = Leaf.parse(json);
        } catch (IllegalArgumentException e) {
            // The auditor reads it again and says so.
            return Optional.empty();
        }
        var entry = leaf.entry();
        var differing = new ArrayList<String>();
        record Column(String name, Object written) {}
        for (var column : List.of(
                new Column("seq", leaf.number()),
                new Column("recorded", Timestamp.from(leaf.recorded())),
                new Column("at", Timestamp.from(entry.at())),
                new Column("principal", entry.who().principal()),
                new Column("session", entry.who().session()),
                new Column("address", entry.who().address()),
                new Column("action", entry.action()),
                new Column("type", entry.what().type()),
                new Column("object", entry.what().id()),
                new Column("project", entry.what().project()),
                new Column("environment", entry.what().environment()),
                new Column("outcome", entry.outcome().label()))) {
            if (!column.written().equals(row.getObject(column.name()))) {
                differing.add(column.name());
            }
        }
        return differing.isEmpty()
                ? Optional.empty()
                : Optional.of("it is found by another %s than it has".formatted(String.join(", ", differing)));
    }

    /** The checkpoints in the order of their sizes, a page at a time. */
    private static final class Notes {
        private final Handle handle;
        private final ArrayDeque<Note> page = new ArrayDeque<>();
        private final long newest;
        private long after;

        private record Note(long size, String text) {}

        Notes(Handle handle, long from) {
            this.handle = handle;
            this.after = from;
            this.newest = handle.createQuery("select coalesce(max(size), 0) from ledger.checkpoint")
                    .mapTo(Long.class)
                    .one();
        }

        boolean upTo(long size, Predicate<Item> reader) {
            while (true) {
                if (page.isEmpty() && after < newest) {
                    load();
                }
                if (page.isEmpty() || page.getFirst().size() > size) {
                    return true;
                }
                if (!reader.test(new Item.Note(page.removeFirst().text()))) {
                    return false;
                }
            }
        }

        private void load() {
            handle.createQuery("""
                            select size, note from ledger.checkpoint where size > :after and size <= :newest
                            order by size limit\s""" + PAGE)
                    .bind("after", after)
                    .bind("newest", newest)
                    .map((row, _) -> new Note(row.getLong("size"), row.getString("note")))
                    .forEach(page::add);
            after = page.isEmpty() ? newest : page.getLast().size();
        }
    }
}
