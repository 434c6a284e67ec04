/** Files with what nobody else may read. */
@NullMarked
package dev.stepzero.server.files;

import org.jspecify.annotations.NullMarked;
