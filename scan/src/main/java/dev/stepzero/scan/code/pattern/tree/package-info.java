/** Syntax trees: read by tree-sitter, whose native code is kept to this package, and the neutral tree that patterns match. */
@NullMarked
package dev.stepzero.scan.code.pattern.tree;

import org.jspecify.annotations.NullMarked;
