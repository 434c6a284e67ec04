/** The three tiers of an environment as containers of Docker or Podman, each tier in a network of its own. */
@NullMarked
package dev.stepzero.ship.deploy.containers;

import org.jspecify.annotations.NullMarked;
