/** The projects that forges may tell of, with the secrets that prove who speaks. */
@NullMarked
package dev.stepzero.ship.forge.endpoint;

import org.jspecify.annotations.NullMarked;
