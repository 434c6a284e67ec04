/** Judges code in Python, JavaScript, TypeScript and Go by its syntax: patterns, and what flows through functions. */
@NullMarked
package dev.stepzero.scan.code.pattern;

import org.jspecify.annotations.NullMarked;
