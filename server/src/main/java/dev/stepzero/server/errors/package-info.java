/** What is answered when a request fails: a page to people, problem+json to programs. */
@NullMarked
package dev.stepzero.server.errors;

import org.jspecify.annotations.NullMarked;
