/** The first page: what runs where, and what is wrong. */
@NullMarked
package dev.stepzero.server.overview;

import org.jspecify.annotations.NullMarked;
