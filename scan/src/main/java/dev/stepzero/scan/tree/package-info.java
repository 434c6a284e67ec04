/** The files of a source tree, listed once, and what became of each while it was read. */
@NullMarked
package dev.stepzero.scan.tree;

import org.jspecify.annotations.NullMarked;
