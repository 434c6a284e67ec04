/** Delivers: takes a commit from the repository to production. */
@NullMarked
package dev.stepzero.ship;

import org.jspecify.annotations.NullMarked;
