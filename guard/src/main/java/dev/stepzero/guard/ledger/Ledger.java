package dev.stepzero.guard.ledger;

import org.jdbi.v3.core.Handle;

/** Where decisions are written down. Safe for use by several threads. */
public interface Ledger {

    /**
     * Appends an entry, and comes back when it is on disk and has its number.
     *
     * @return the number
     * @throws dev.stepzero.core.UserError if the database does not take it; then it may or may not have been written, for a
     *     connection can break between a commit and its answer
     */
    long append(Entry entry);

    /**
     * Writes an entry down in the caller's transaction: both are there or neither. It gets its number soon after the
     * commit, from whichever server comes first, and nobody who reads the ledger sees it before.
     */
    void append(Handle transaction, Entry entry);
}
