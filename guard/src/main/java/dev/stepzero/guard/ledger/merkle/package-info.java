/** The Merkle tree of RFC 9162, section 2.1: its hashes, the tiles that they are kept in, and proofs. */
@NullMarked
package dev.stepzero.guard.ledger.merkle;

import org.jspecify.annotations.NullMarked;
