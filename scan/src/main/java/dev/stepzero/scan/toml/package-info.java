/** Reads TOML into values that know where they stand. */
@NullMarked
package dev.stepzero.scan.toml;

import org.jspecify.annotations.NullMarked;
