/** Configured things as rules see them, whatever they were written in, and what can be known of their values. */
@NullMarked
package dev.stepzero.core.resource;

import org.jspecify.annotations.NullMarked;
