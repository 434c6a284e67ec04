/** Feeds every parser with bytes that a fuzzer makes up; see {@code bench/fuzz}. */
@NullMarked
package dev.stepzero.scan.fuzz;

import org.jspecify.annotations.NullMarked;
