/** Goes out to addresses that somebody else wrote down. */
@NullMarked
package dev.stepzero.ship.egress;

import org.jspecify.annotations.NullMarked;
