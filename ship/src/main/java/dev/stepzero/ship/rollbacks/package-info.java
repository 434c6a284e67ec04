/** Ways back that people ask a server for, and that it goes in the background. */
@NullMarked
package dev.stepzero.ship.rollbacks;

import org.jspecify.annotations.NullMarked;
