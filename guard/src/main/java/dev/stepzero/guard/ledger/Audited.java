package dev.stepzero.guard.ledger;

import java.util.Optional;

/**
 * What an audit found.
 *
 * @param origin which ledger it was
 * @param from the number of the first entry that was looked at
 * @param size how many entries the ledger has, as far as it was read
 * @param checkpoints how many checkpoints were right and believed
 * @param revoked how many more were right but signed by keys that were revoked since
 * @param good the newest checkpoint up to which nothing is wrong
 * @param fault the first thing that is wrong
 */
public record Audited(
        String origin,
        long from,
        long size,
        long checkpoints,
        long revoked,
        Optional<Checkpoint> good,
        Optional<Fault> fault) {

    /** How many entries no checkpoint covers yet: whoever holds the database could have changed them. */
    public long unsigned() {
        return size - good.map(Checkpoint::size).orElse(from);
    }
}
