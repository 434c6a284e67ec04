/** Decides to which addresses Stepzero may connect on a user's word. */
@NullMarked
package dev.stepzero.core.egress;

import org.jspecify.annotations.NullMarked;
