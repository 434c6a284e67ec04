/** Releases: their passports, and what they are made of to take along. */
@NullMarked
package dev.stepzero.server.releases;

import org.jspecify.annotations.NullMarked;
