/** The classes of a program as they are followed: its own methods decoded, and which type is above which. */
@NullMarked
package dev.stepzero.scan.code.java.program;

import org.jspecify.annotations.NullMarked;
