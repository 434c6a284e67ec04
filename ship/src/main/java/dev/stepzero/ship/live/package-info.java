/** Tells many readers at once what changes in runs, while it changes. */
@NullMarked
package dev.stepzero.ship.live;

import org.jspecify.annotations.NullMarked;
