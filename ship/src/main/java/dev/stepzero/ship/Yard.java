package dev.stepzero.ship;

import dev.stepzero.ship.engine.RunListener;

/** Where commits are read, built and shipped. */
interface Yard {
    ShipPlan plan(ShipRequest request);

    RefreshedLock refresh(ShipPlan plan) throws InterruptedException;

    Shipped ship(ShipPlan plan, RunListener listener) throws InterruptedException;
}
