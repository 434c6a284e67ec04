/** Runs an environment as plain processes of this host, for machines without a container engine. */
@NullMarked
package dev.stepzero.ship.deploy.process;

import org.jspecify.annotations.NullMarked;
