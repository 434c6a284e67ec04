/** Docker Compose files as resources, with their short forms written out and their variables filled in. */
@NullMarked
package dev.stepzero.scan.compose;

import org.jspecify.annotations.NullMarked;
