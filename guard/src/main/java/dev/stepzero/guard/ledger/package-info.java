/** The ledger: who decided what, when and why, in a tree to which one can only append, and the proof that nobody did otherwise. */
@NullMarked
package dev.stepzero.guard.ledger;

import org.jspecify.annotations.NullMarked;
