/** Keeps what forges delivered until something was made of it, and decides what that is. */
@NullMarked
package dev.stepzero.ship.forge.inbox;

import org.jspecify.annotations.NullMarked;
