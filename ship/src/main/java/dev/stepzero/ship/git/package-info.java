/** Reads commits out of git repositories without running anything that lies in them: no hooks, no filters. */
@NullMarked
package dev.stepzero.ship.git;

import org.jspecify.annotations.NullMarked;
