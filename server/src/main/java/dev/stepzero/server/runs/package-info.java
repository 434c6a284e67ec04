/** Runs: their list, one as it happens, and its log. */
@NullMarked
package dev.stepzero.server.runs;

import org.jspecify.annotations.NullMarked;
