/** Rebuilds: what serves is built again on a newer base when that mends what became known since. */
@NullMarked
package dev.stepzero.ship.phoenix;

import org.jspecify.annotations.NullMarked;
