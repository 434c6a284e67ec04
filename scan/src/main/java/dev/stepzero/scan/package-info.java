/** Looks: reads subjects and says what is wrong with them. */
@NullMarked
package dev.stepzero.scan;

import org.jspecify.annotations.NullMarked;
