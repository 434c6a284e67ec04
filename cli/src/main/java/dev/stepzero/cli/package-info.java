/** The terminal door: one class a command. */
@NullMarked
package dev.stepzero.cli;

import org.jspecify.annotations.NullMarked;
