/** Environments: what serves, what served, and the way back. */
@NullMarked
package dev.stepzero.server.environments;

import org.jspecify.annotations.NullMarked;
