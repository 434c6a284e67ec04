/** What Go modules ask for: {@code go.mod}, and {@code go.sum} where that alone does not tell all. */
@NullMarked
package dev.stepzero.scan.packages.go;

import org.jspecify.annotations.NullMarked;
