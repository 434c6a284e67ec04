package dev.stepzero.guard.ledger;

import dev.stepzero.guard.ledger.merkle.Hash;
import dev.stepzero.guard.ledger.merkle.Tile;
import java.util.List;
import java.util.Optional;

/** A piece of a ledger on its way to the auditor, in the order of the entries. Nothing of it is believed. */
sealed interface Item {

    /**
     * The beginning.
     *
     * @param origin which ledger it says it is
     * @param from the number of the first entry
     * @param edge the hashes left of that: see {@link dev.stepzero.guard.ledger.merkle.TileTree}
     */
    record Opening(String origin, long from, List<List<Hash>> edge) implements Item {}

    /**
     * An entry.
     *
     * @param leaf its canonical JSON
     * @param kept the hash that was kept beside it
     * @param complaint what is wrong with what was kept beside it
     */
    record Row(String leaf, Optional<Hash> kept, Optional<String> complaint) implements Item {}

    /**
     * Hashes as they were kept, right behind the last entry that they cover.
     *
     * @param root the root that was kept of a full tile
     */
    record Kept(Tile tile, Optional<Hash> root) implements Item {}

    /** A checkpoint, right behind the last entry that it covers. */
    record Note(String text) implements Item {}

    /** The end: how many entries there should have been. */
    record End(long size) implements Item {}
}
