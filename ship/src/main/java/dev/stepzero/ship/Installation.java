package dev.stepzero.ship;

import dev.stepzero.ship.engine.RunListener;

/** The yard that really builds and ships. */
record Installation(Shipping shipping) implements Yard {
    @Override
    public ShipPlan plan(ShipRequest request) {
        return shipping.plan(request);
    }

    @Override
    public RefreshedLock refresh(ShipPlan plan) throws InterruptedException {
        return shipping.refresh(plan);
    }

    @Override
    public Shipped ship(ShipPlan plan, RunListener listener) throws InterruptedException {
        return shipping.ship(plan, listener);
    }
}
