/** Runs a project's own commands where they can do no harm, and reads what their tests reported. */
@NullMarked
package dev.stepzero.ship.sandbox;

import org.jspecify.annotations.NullMarked;
