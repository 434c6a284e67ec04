/** Repositories that live in Stepzero itself, for which it is the forge. */
@NullMarked
package dev.stepzero.ship.forge.own;

import org.jspecify.annotations.NullMarked;
