/** Who may send which request: one matrix, and what enforces it. */
@NullMarked
package dev.stepzero.server.access;

import org.jspecify.annotations.NullMarked;
