/** Reads what compilers write into programs about the modules that they were built from. */
@NullMarked
package dev.stepzero.scan.packages.installed.binary;

import org.jspecify.annotations.NullMarked;
