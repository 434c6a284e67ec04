/** Executes the runs that were asked for, shared by all servers on one database. */
@NullMarked
package dev.stepzero.ship.queue;

import org.jspecify.annotations.NullMarked;
