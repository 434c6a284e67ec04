/** How pages are made: templates, the frame around them, and the files that they use. */
@NullMarked
package dev.stepzero.server.page;

import org.jspecify.annotations.NullMarked;
