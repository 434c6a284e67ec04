package dev.stepzero.guard.ledger;

import dev.stepzero.guard.ledger.merkle.Hash;
import dev.stepzero.guard.ledger.merkle.Tile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tiles in the database: a full one is a row, and what is right of it is put together from what it is made of. */
record TileStore(Handle handle) {

    Optional<Tile> full(int level, long index) {
        return handle.createQuery("select hashes from ledger.tile where level = :level and index = :index")
                .bind("level", level)
                .bind("index", index)
                .map((row, _) -> Tile.of(level, index, row.getBytes(1)))
                .findOne();
    }

    /** A tile that should be there, with the root that was kept of it. */
    Item.Kept kept(int level, long index) {
        return handle.createQuery("select hashes, root from ledger.tile where level = :level and index = :index")
                .bind("level", level)
                .bind("index", index)
                .map((row, _) -> new Item.Kept(
                        Tile.of(level, index, row.getBytes("hashes")), Optional.of(Hash.of(row.getBytes("root")))))
                .findOne()
                .orElse(new Item.Kept(new Tile(level, index, List.of()), Optional.empty()));
    }

    /** The hashes of a level that are in no full tile, in a tree of a size. */
    List<Hash> partial(int level, long size) {
        var count = size >> (level * Tile.HEIGHT);
        var from = count - count % Tile.WIDTH;
        var sql = level == 0
                ? "select leaf_hash from ledger.entry where seq >= :from and seq < :to order by seq"
                : "select root from ledger.tile where level = :below and index >= :from and index < :to order by index";
        var query = handle.createQuery(sql).bind("from", from).bind("to", count);
        if (level > 0) {
            query.bind("below", level - 1);
        }
        return query.map((row, _) -> Hash.of(row.getBytes(1))).list();
    }

    /** The tiles that are not full in a tree of a size, the leaves first. */
    List<List<Hash>> edge(long size) {
        var edge = new ArrayList<List<Hash>>();
        for (var level = 0; level == 0 || size >> (level * Tile.HEIGHT) != 0; level++) {
            edge.add(partial(level, size));
        }
        return edge;
    }

    /** The last tile of leaves, if it is not full. */
    Optional<Tile> last(long size) {
        return Optional.of(new Tile(0, size / Tile.WIDTH, partial(0, size)))
                .filter(tile -> !tile.hashes().isEmpty());
    }

    void write(List<Tile> tiles) throws SQLException {
        try (var insert = handle.getConnection()
                .prepareStatement("insert into ledger.tile (level, index, hashes, root) values (?, ?, ?, ?)")) {
            for (var tile : tiles) {
                insert.setInt(1, tile.level());
                insert.setLong(2, tile.index());
                insert.setBytes(3, tile.bytes());
                insert.setBytes(4, tile.root().bytes());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
