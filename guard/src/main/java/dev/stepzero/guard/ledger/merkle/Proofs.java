package dev.stepzero.guard.ledger.merkle;

import java.util.ArrayList;
import java.util.List;

/** Makes the proofs of RFC 9162, sections 2.1.3.1 and 2.1.4.1, reading O(log² n) hashes of complete subtrees. */
public final class Proofs {
    private final Nodes nodes;

    public Proofs(Nodes nodes) {
        this.nodes = nodes;
    }

    /**
     * Proves that a leaf is in a tree.
     *
     * @throws IllegalArgumentException unless the index is one of the tree
     */
    public List<Hash> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("a tree of %d has no leaf %d".formatted(size, index));
        }
        var proof = new ArrayList<Hash>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            var middle = from + largestPowerBelow(to - from);
            if (index < middle) {
                proof.add(root(middle, to));
                to = middle;
            } else {
                proof.add(root(from, middle));
                from = middle;
            }
        }
        return proof.reversed();
    }

    /**
     * Proves that a tree is what an earlier one grew to.
     *
     * @throws IllegalArgumentException unless {@code 0 < earlier <= size}
     */
    public List<Hash> consistency(long earlier, long size) {
        if (earlier <= 0 || earlier > size) {
            throw new IllegalArgumentException("a tree of %d did not grow out of one of %d".formatted(size, earlier));
        }
        var proof = new ArrayList<Hash>();
        long from = 0;
        long to = size;
        while (to != earlier) {
            var middle = from + largestPowerBelow(to - from);
            if (earlier <= middle) {
                proof.add(root(middle, to));
                to = middle;
            } else {
                proof.add(root(from, middle));
                from = middle;
            }
        }
        if (from > 0) {
            proof.add(root(from, to));
        }
        return proof.reversed();
    }

    /** The root of the tree of this size. */
    public Hash root(long size) {
        return size == 0 ? Hash.ofNothing() : root(0, size);
    }

    private Hash root(long from, long to) {
        var width = to - from;
        if (Long.bitCount(width) == 1) {
            var level = Long.numberOfTrailingZeros(width);
            return nodes.node(level, from >> level);
        }
        var middle = from + largestPowerBelow(width);
        return Hash.ofNode(root(from, middle), root(middle, to));
    }

    private static long largestPowerBelow(long number) {
        return Long.highestOneBit(number - 1);
    }
}
