/** Believes a forge's webhook delivery by its signature, and reads what it says. */
@NullMarked
package dev.stepzero.ship.forge.webhook;

import org.jspecify.annotations.NullMarked;
