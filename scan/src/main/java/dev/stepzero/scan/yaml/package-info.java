/** YAML and JSON as values that know where they stand in their file. */
@NullMarked
package dev.stepzero.scan.yaml;

import org.jspecify.annotations.NullMarked;
