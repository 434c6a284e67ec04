/** Puts a release into an environment of three tiers and takes traffic to it without losing a request. */
@NullMarked
package dev.stepzero.ship.deploy;

import org.jspecify.annotations.NullMarked;
