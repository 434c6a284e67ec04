/** Looks back at runs and deployments: lists, stages, logs, and how well delivery goes. */
@NullMarked
package dev.stepzero.ship.runs;

import org.jspecify.annotations.NullMarked;
