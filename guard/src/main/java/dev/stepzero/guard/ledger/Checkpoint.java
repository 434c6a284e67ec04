package dev.stepzero.guard.ledger;

import dev.stepzero.guard.ledger.merkle.Hash;

/**
 * What a ledger was at a size, as <a href="https://c2sp.org/tlog-checkpoint">c2sp.org/tlog-checkpoint</a> writes it.
 *
 * @param origin which ledger
 * @param size how many entries it has
 * @param root the root of the tree over them
 */
public record Checkpoint(String origin, long size, Hash root) {

    String text() {
        return "%s\n%d\n%s\n".formatted(origin, size, root);
    }
}
