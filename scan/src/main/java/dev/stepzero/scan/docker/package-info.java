/** Dockerfiles: their stages and instructions as BuildKit reads them, and the commands that they run. */
@NullMarked
package dev.stepzero.scan.docker;

import org.jspecify.annotations.NullMarked;
