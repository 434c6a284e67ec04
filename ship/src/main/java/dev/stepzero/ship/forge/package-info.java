/** What Stepzero knows of the places where people keep their repositories, in one vocabulary for all of them. */
@NullMarked
package dev.stepzero.ship.forge;

import org.jspecify.annotations.NullMarked;
