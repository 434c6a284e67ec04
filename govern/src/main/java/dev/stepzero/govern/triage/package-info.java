/** Sorts what a scan found into what counts, what somebody accepted, and what was there before. */
@NullMarked
package dev.stepzero.govern.triage;

import org.jspecify.annotations.NullMarked;
