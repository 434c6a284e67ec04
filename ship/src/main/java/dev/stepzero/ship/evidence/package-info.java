/** Keeps evidence beside the images that it is about, reads it back, and admits what it proves. */
@NullMarked
package dev.stepzero.ship.evidence;

import org.jspecify.annotations.NullMarked;
