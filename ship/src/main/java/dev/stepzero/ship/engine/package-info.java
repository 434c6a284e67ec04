/** Runs a pipeline: steps that declare what they need and give, each recorded before the next begins. */
@NullMarked
package dev.stepzero.ship.engine;

import org.jspecify.annotations.NullMarked;
