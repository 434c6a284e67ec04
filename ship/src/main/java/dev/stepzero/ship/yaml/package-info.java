/** Reads YAML files that people write: strict, with the line of every value, and a hint for every mistake. */
@NullMarked
package dev.stepzero.ship.yaml;

import org.jspecify.annotations.NullMarked;
