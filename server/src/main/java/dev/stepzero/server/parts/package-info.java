/** The parts of ship that pages and interfaces are made from. */
@NullMarked
package dev.stepzero.server.parts;

import org.jspecify.annotations.NullMarked;
