/** Jobs of CI services: which are trusted in a project, and what they get for their tokens. */
@NullMarked
package dev.stepzero.server.machines;

import org.jspecify.annotations.NullMarked;
