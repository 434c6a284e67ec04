/** Keeps the state in PostgreSQL: the connection, the migrations, and a server of our own where there is none. */
@NullMarked
package dev.stepzero.store;

import org.jspecify.annotations.NullMarked;
