/** Keeps the secrets of runs encrypted, and hands them to the one step that may have them. */
@NullMarked
package dev.stepzero.guard.secrets;

import org.jspecify.annotations.NullMarked;
