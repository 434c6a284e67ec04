/** Patterns: code with holes, compiled once and matched against the neutral trees of files. */
@NullMarked
package dev.stepzero.scan.code.pattern.match;

import org.jspecify.annotations.NullMarked;
