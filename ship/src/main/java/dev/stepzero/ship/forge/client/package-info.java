/** Tells forges how a run stands: states, annotations on lines, and one comment on a pull request. */
@NullMarked
package dev.stepzero.ship.forge.client;

import org.jspecify.annotations.NullMarked;
