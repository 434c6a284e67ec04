/** Waivers that people ask for and that somebody else grants. */
@NullMarked
package dev.stepzero.ship.waivers;

import org.jspecify.annotations.NullMarked;
