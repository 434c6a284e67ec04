/** Runs programs of this host that outlive the one who started them, as a user who may do little. */
@NullMarked
package dev.stepzero.store.process;

import org.jspecify.annotations.NullMarked;
