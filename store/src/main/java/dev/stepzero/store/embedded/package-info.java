/** Runs a PostgreSQL of our own, from binaries on the class path, for machines that have none. */
@NullMarked
package dev.stepzero.store.embedded;

import org.jspecify.annotations.NullMarked;
