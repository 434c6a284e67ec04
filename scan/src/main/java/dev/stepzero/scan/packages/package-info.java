/** The packages that a source tree, an image or an SBOM holds: what they are called, where they lie, who asked for them. */
@NullMarked
package dev.stepzero.scan.packages;

import org.jspecify.annotations.NullMarked;
