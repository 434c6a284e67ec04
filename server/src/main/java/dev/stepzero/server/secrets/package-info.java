/** Secrets of runs, as people see and change them: names and versions, and never a value. */
@NullMarked
package dev.stepzero.server.secrets;

import org.jspecify.annotations.NullMarked;
