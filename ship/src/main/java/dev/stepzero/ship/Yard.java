package dev.stepzero.ship;

import dev.stepzero.ship.engine.RunListener;
import java.nio.file.Path;
import java.util.List;

/** Where commits are read, built and shipped. */
interface Yard {
    ShipPlan plan(ShipRequest request);

    RefreshedLock refresh(ShipPlan plan) throws InterruptedException;

    Shipped ship(ShipPlan plan, RunListener listener) throws InterruptedException;

    /** Who answers for a project at a commit. */
    List<String> owners(Path clone, String commit);
}
