/** Findings, and what one is about. */
@NullMarked
package dev.stepzero.server.findings;

import org.jspecify.annotations.NullMarked;
