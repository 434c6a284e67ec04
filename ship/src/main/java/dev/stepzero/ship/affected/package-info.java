/** Which of the releases that serve are affected by what became known since they were deployed. */
@NullMarked
package dev.stepzero.ship.affected;

import org.jspecify.annotations.NullMarked;
