/** The way to PostgreSQL: the pool, the migrations, and the check that schema and program fit. */
@NullMarked
package dev.stepzero.invoicer.database;

import org.jspecify.annotations.NullMarked;
