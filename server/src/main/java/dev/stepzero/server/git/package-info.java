/** The git endpoint: clone, fetch and push over HTTP, with a token and without any forge. */
@NullMarked
package dev.stepzero.server.git;

import org.jspecify.annotations.NullMarked;
