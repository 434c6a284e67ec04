/** Rules as data, and the engine that judges resources by them. */
@NullMarked
package dev.stepzero.rules;

import org.jspecify.annotations.NullMarked;
