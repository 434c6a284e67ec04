/** Reads a built image without trusting it and says what is wrong with it. */
@NullMarked
package dev.stepzero.scan.image;

import org.jspecify.annotations.NullMarked;
