/** The ledger as auditors read it: search, one entry with its proof, and copies to take along. */
@NullMarked
package dev.stepzero.server.ledger;

import org.jspecify.annotations.NullMarked;
