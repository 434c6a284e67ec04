/** Runs a project's own commands in the best isolation that the machine offers, and reads what its tests report. */
@NullMarked
package dev.stepzero.ship.sandbox;

import org.jspecify.annotations.NullMarked;
