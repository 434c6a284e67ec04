/** Manifests and lockfiles as texts: read once, in the format that each has, with the lines of everything in them. */
@NullMarked
package dev.stepzero.scan.packages.document;

import org.jspecify.annotations.NullMarked;
