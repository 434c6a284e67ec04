package dev.stepzero.guard.ledger.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The right edge of a tree that only grows: the tiles that are not full yet, one for each level. That is enough to append
 * and to say the root, so that memory grows with the logarithm of the number of leaves. Not safe for use by several
 * threads.
 */
public final class TileTree {
    private final List<List<Hash>> edge = new ArrayList<>();
    private long size;

    /** A tree without leaves. */
    public TileTree() {}

    /**
     * A tree of which the full tiles are kept elsewhere.
     *
     * @param edge the tiles that are not full, the leaves first
     * @throws IllegalArgumentException if they do not belong to a tree of that size
     */
    public TileTree(long size, List<List<Hash>> edge) {
        this.size = size;
        for (var level = 0; level < edge.size() || size >> (level * Tile.HEIGHT) != 0; level++) {
            var expected = (size >> (level * Tile.HEIGHT)) % Tile.WIDTH;
            if (level >= edge.size() || edge.get(level).size() != expected) {
                throw new IllegalArgumentException("no edge of a tree of %d leaves".formatted(size));
            }
            this.edge.add(new ArrayList<>(edge.get(level)));
        }
    }

    public long size() {
        return size;
    }

    /** The tiles that are not full, the leaves first; a level whose last tile is full has an empty one. */
    public List<List<Hash>> edge() {
        return edge.stream().map(List::copyOf).toList();
    }

    /**
     * Appends a leaf.
     *
     * @param full is given each tile that it fills, the lowest first
     */
    public void append(Hash leaf, Consumer<Tile> full) {
        size++;
        var hash = leaf;
        for (var level = 0; ; level++) {
            if (level == edge.size()) {
                edge.add(new ArrayList<>());
            }
            var tile = edge.get(level);
            tile.add(hash);
            if (tile.size() < Tile.WIDTH) {
                return;
            }
            var index = (size >> ((level + 1) * Tile.HEIGHT)) - 1;
            var filled = new Tile(level, index, tile);
            tile.clear();
            full.accept(filled);
            hash = filled.root();
        }
    }

    /** The tile of a level that is not full; empty where the last one is full. */
    public Optional<Tile> partial(int level) {
        if (level >= edge.size() || edge.get(level).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Tile(level, size >> ((level + 1) * Tile.HEIGHT), edge.get(level)));
    }

    /** The root over all leaves: what is right of a complete subtree is always smaller than it. */
    public Hash root() {
        @Nullable Hash right = null;
        for (var level = 0; level < edge.size(); level++) {
            var tile = new Tile(level, 0, edge.get(level));
            var end = tile.hashes().size();
            while (end > 0) {
                var width = Integer.lowestOneBit(end);
                var left = tile.complete(end - width, width);
                right = right == null ? left : Hash.ofNode(left, right);
                end -= width;
            }
        }
        return right == null ? Hash.ofNothing() : right;
    }

    public TileTree copy() {
        return new TileTree(size, edge);
    }
}
