/** Takes packages from a Debian archive, believing only what the archive's keys vouch for. */
@NullMarked
package dev.stepzero.ship.debian;

import org.jspecify.annotations.NullMarked;
