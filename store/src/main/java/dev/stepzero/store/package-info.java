/** PostgreSQL: the connection, the embedded default and the migrations. */
@NullMarked
package dev.stepzero.store;

import org.jspecify.annotations.NullMarked;
