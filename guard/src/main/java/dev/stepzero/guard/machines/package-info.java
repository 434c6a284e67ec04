/** Which jobs of CI services are trusted in which project, by the claims of the tokens that these services sign. */
@NullMarked
package dev.stepzero.guard.machines;

import org.jspecify.annotations.NullMarked;
