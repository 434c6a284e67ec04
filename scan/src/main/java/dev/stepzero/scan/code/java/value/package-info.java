/** What is known of values while a program is followed: constants, where they came from, what objects hold. */
@NullMarked
package dev.stepzero.scan.code.java.value;

import org.jspecify.annotations.NullMarked;
