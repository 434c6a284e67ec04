package dev.stepzero.guard.ledger.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * Up to 256 neighbouring hashes of a level that is a multiple of eight: the leaves themselves, the roots of 256 leaves
 * each, and so on. It is the geometry of <a href="https://c2sp.org/tlog-tiles">c2sp.org/tlog-tiles</a>: a proof reads
 * one tile for eight levels, and a full tile never changes.
 *
 * @param level the level of its hashes divided by eight
 * @param index how many tiles of the level stand left of it
 */
public record Tile(int level, long index, List<Hash> hashes) {
    /** Levels that a tile spans. */
    public static final int HEIGHT = 8;

    /** Hashes of a full tile. */
    public static final int WIDTH = 1 << HEIGHT;

    public Tile {
        if (hashes.size() > WIDTH) {
            throw new IllegalArgumentException("a tile has at most %d hashes".formatted(WIDTH));
        }
        hashes = List.copyOf(hashes);
    }

    /** A tile from its hashes one behind the other. */
    public static Tile of(int level, long index, byte[] bytes) {
        if (bytes.length % Hash.LENGTH != 0 || bytes.length > WIDTH * Hash.LENGTH) {
            throw new IllegalArgumentException("%d bytes are no tile".formatted(bytes.length));
        }
        var hashes = new ArrayList<Hash>(bytes.length / Hash.LENGTH);
        for (var at = 0; at < bytes.length; at += Hash.LENGTH) {
            hashes.add(Hash.of(java.util.Arrays.copyOfRange(bytes, at, at + Hash.LENGTH)));
        }
        return new Tile(level, index, hashes);
    }

    /** Its hashes one behind the other. */
    public byte[] bytes() {
        var bytes = new byte[hashes.size() * Hash.LENGTH];
        for (var i = 0; i < hashes.size(); i++) {
            hashes.get(i).copyTo(bytes, i * Hash.LENGTH);
        }
        return bytes;
    }

    public boolean isFull() {
        return hashes.size() == WIDTH;
    }

    /** The root of a full tile, which is a hash of the next level. */
    public Hash root() {
        return complete(0, WIDTH);
    }

    /**
     * The root over some of its hashes.
     *
     * @param count a power of two
     * @throws IndexOutOfBoundsException if it has not so many
     */
    public Hash complete(int from, int count) {
        if (count == 1) {
            return hashes.get(from);
        }
        var half = count >>> 1;
        return Hash.ofNode(complete(from, half), complete(from + half, half));
    }
}
