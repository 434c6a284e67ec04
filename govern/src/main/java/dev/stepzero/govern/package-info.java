/** Decides: policies, waivers, the gate. */
@NullMarked
package dev.stepzero.govern;

import org.jspecify.annotations.NullMarked;
