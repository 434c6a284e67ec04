/** Judges program code; how findings of all languages are worded. */
@NullMarked
package dev.stepzero.scan.code;

import org.jspecify.annotations.NullMarked;
