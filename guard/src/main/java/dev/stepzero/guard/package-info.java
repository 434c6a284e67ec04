/** Protects: keys, secrets, the ledger. */
@NullMarked
package dev.stepzero.guard;

import org.jspecify.annotations.NullMarked;
