package dev.stepzero.guard.ledger.merkle;

/** Where the hashes of complete subtrees are kept. */
@FunctionalInterface
public interface Nodes {

    /**
     * The root of a complete subtree.
     *
     * @param level its height: it has 2<sup>level</sup> leaves
     * @param index the first of its leaves is number {@code index << level}
     */
    Hash node(int level, long index);
}
