/** Decides whether somebody other than its authors approved a change, and the owners of what it touches too. */
@NullMarked
package dev.stepzero.ship.review;

import org.jspecify.annotations.NullMarked;
