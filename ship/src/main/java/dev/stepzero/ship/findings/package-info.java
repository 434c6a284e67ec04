/** What runs found, kept for those who look at it later. */
@NullMarked
package dev.stepzero.ship.findings;

import org.jspecify.annotations.NullMarked;
