/** Judges the code of Java programs from their compiled classes: what gets from outside to where it does harm. */
@NullMarked
package dev.stepzero.scan.code.java;

import org.jspecify.annotations.NullMarked;
