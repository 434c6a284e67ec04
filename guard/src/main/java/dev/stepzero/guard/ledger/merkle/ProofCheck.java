package dev.stepzero.guard.ledger.merkle;

import java.util.List;

/** Checks proofs as RFC 9162, sections 2.1.3.2 and 2.1.4.2, say. Whatever it is given, it answers in 64 steps. */
public final class ProofCheck {
    private ProofCheck() {}

    /** Whether a proof shows that a leaf is in the tree of this size and root. */
    public static boolean includes(Hash leaf, long index, long size, List<Hash> proof, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        var position = index;
        var last = size - 1;
        var hash = leaf;
        for (var other : proof) {
            if (last == 0) {
                return false;
            }
            if ((position & 1) == 1 || position == last) {
                hash = Hash.ofNode(other, hash);
                while ((position & 1) == 0 && position != 0) {
                    position >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Hash.ofNode(hash, other);
            }
            position >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /** Whether a proof shows that the second tree grew out of the first one. Everything grows out of the empty tree. */
    public static boolean grewOutOf(long first, Hash firstRoot, long second, Hash secondRoot, List<Hash> proof) {
        if (first < 0 || first > second) {
            return false;
        }
        if (first == 0) {
            return proof.isEmpty() && firstRoot.equals(Hash.ofNothing());
        }
        if (first == second) {
            return proof.isEmpty() && firstRoot.equals(secondRoot);
        }
        // The first tree is a complete subtree of the second: its root need not be told.
        var complete = Long.bitCount(first) == 1;
        if (proof.isEmpty() && !complete) {
            return false;
        }
        var start = complete ? firstRoot : proof.getFirst();
        var rest = complete ? proof : proof.subList(1, proof.size());
        var shift = Long.numberOfTrailingZeros(first);
        var position = (first - 1) >> shift;
        var last = (second - 1) >> shift;
        var old = start;
        var grown = start;
        for (var other : rest) {
            if (last == 0) {
                return false;
            }
            if ((position & 1) == 1 || position == last) {
                old = Hash.ofNode(other, old);
                grown = Hash.ofNode(other, grown);
                while ((position & 1) == 0 && position != 0) {
                    position >>= 1;
                    last >>= 1;
                }
            } else {
                grown = Hash.ofNode(grown, other);
            }
            position >>= 1;
            last >>= 1;
        }
        return last == 0 && old.equals(firstRoot) && grown.equals(secondRoot);
    }
}
