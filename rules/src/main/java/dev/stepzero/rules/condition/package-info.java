/** Conditions of rules: compiled from CEL, kept as data, evaluated with three answers. */
@NullMarked
package dev.stepzero.rules.condition;

import org.jspecify.annotations.NullMarked;
