/** How fast the parts of an infrastructure scan are, each alone; see {@code bench/jmh/run}. */
@NullMarked
package dev.stepzero.bench;

import org.jspecify.annotations.NullMarked;
