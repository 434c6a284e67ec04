/** The REST API: what the pages show and do, for programs. */
@NullMarked
package dev.stepzero.server.api;

import org.jspecify.annotations.NullMarked;
