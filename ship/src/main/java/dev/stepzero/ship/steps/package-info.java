/** The standard steps of a pipeline, one class each. */
@NullMarked
package dev.stepzero.ship.steps;

import org.jspecify.annotations.NullMarked;
