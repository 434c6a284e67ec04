package dev.stepzero.guard.ledger;

import dev.stepzero.guard.ledger.merkle.Hash;
import dev.stepzero.guard.ledger.merkle.Nodes;
import dev.stepzero.guard.ledger.merkle.Tile;
import java.util.HashMap;
import java.util.Map;

/** Hashes of complete subtrees out of the tiles of a ledger of a size; each tile is read once. */
final class StoredNodes implements Nodes {
    private final TileStore store;
    private final long size;
    private final Map<Place, Tile> read = new HashMap<>();

    private record Place(int level, long index) {}

    StoredNodes(TileStore store, long size) {
        this.store = store;
        this.size = size;
    }

    @Override
    public Hash node(int level, long index) {
        var within = level % Tile.HEIGHT;
        var first = index << within;
        if ((index + 1) << level > size) {
            throw new IllegalArgumentException("a ledger of %d has no such subtree".formatted(size));
        }
        var tile = read.computeIfAbsent(new Place(level / Tile.HEIGHT, first / Tile.WIDTH), this::read);
        return tile.complete(Math.toIntExact(first % Tile.WIDTH), 1 << within);
    }

    private Tile read(Place place) {
        return store.full(place.level(), place.index())
                .orElseGet(() -> new Tile(place.level(), place.index(), store.partial(place.level(), size)));
    }
}
