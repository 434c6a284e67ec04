/** Takes images to a registry and back, by digest. */
@NullMarked
package dev.stepzero.ship.publish;

import org.jspecify.annotations.NullMarked;
