/** Projects and their settings. */
@NullMarked
package dev.stepzero.server.projects;

import org.jspecify.annotations.NullMarked;
