/** What every request gets: a number, and a line in the log. */
@NullMarked
package dev.stepzero.server.request;

import org.jspecify.annotations.NullMarked;
