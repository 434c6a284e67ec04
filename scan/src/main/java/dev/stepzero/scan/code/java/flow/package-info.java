/** Follows values through a program's methods, as the JVM would run them, and tells what gets where it does harm. */
@NullMarked
package dev.stepzero.scan.code.java.flow;

import org.jspecify.annotations.NullMarked;
