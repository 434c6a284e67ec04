/** A small face over the Docker Engine API of Docker or Podman; whatever it creates is hardened and labelled. */
@NullMarked
package dev.stepzero.ship.containers;

import org.jspecify.annotations.NullMarked;
