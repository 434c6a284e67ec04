/** Whether a Java program gets to the code of its libraries, told from the compiled classes of both. */
@NullMarked
package dev.stepzero.scan.reach;

import org.jspecify.annotations.NullMarked;
