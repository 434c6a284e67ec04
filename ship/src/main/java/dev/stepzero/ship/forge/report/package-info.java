/** Tells forges how the runs stand that they asked for. */
@NullMarked
package dev.stepzero.ship.forge.report;

import org.jspecify.annotations.NullMarked;
