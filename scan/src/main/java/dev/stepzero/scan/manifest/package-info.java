/** What manifests, Compose files and workflows have in common: looking into read values, and image names. */
@NullMarked
package dev.stepzero.scan.manifest;

import org.jspecify.annotations.NullMarked;
