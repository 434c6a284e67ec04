/** Keeps the key that signs evidence, and checks what such keys have signed. */
@NullMarked
package dev.stepzero.guard.keys;

import org.jspecify.annotations.NullMarked;
