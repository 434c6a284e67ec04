/** Writes what the pipeline decides and does to the ledger. */
@NullMarked
package dev.stepzero.ship.decisions;

import org.jspecify.annotations.NullMarked;
