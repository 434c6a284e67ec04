/** The web door: the server's start and end; each page or interface has a package of its own below. */
@NullMarked
package dev.stepzero.server;

import org.jspecify.annotations.NullMarked;
