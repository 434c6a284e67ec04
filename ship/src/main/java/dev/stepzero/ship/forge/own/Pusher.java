package dev.stepzero.ship.forge.own;

import dev.stepzero.guard.ledger.Actor;

/**
 * Who pushes.
 *
 * @param account the name of the person, whichever of their tokens they show
 * @param begins whether they may make the protected branch where there is none yet, which nobody reviewed
 */
public record Pusher(Actor actor, String account, boolean begins) {}
