/** The projects that a server knows, with what its people decided about them. */
@NullMarked
package dev.stepzero.ship.catalog;

import org.jspecify.annotations.NullMarked;
