/** Signs statements about images and commits, and believes only those that a trusted key signed. */
@NullMarked
package dev.stepzero.guard.evidence;

import org.jspecify.annotations.NullMarked;
