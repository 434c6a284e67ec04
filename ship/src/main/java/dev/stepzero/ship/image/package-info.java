/** Builds container images without a daemon: from Debian packages, a linked Java runtime and the application. */
@NullMarked
package dev.stepzero.ship.image;

import org.jspecify.annotations.NullMarked;
