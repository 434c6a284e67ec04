/** Who people and machines are, how they prove it, and what they may do where. */
@NullMarked
package dev.stepzero.guard.identity;

import org.jspecify.annotations.NullMarked;
