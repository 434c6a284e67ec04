/** Writes JSON as it comes, without a tree of it in memory and without a library to load. */
@NullMarked
package dev.stepzero.govern.json;

import org.jspecify.annotations.NullMarked;
