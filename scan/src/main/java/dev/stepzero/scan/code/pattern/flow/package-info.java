/** Follows what comes from outside through the functions of a file to where it does harm. */
@NullMarked
package dev.stepzero.scan.code.pattern.flow;

import org.jspecify.annotations.NullMarked;
