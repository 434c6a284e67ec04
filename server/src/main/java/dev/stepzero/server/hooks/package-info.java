/** Takes the deliveries of forges: stored first, answered at once, worked on after. */
@NullMarked
package dev.stepzero.server.hooks;

import org.jspecify.annotations.NullMarked;
