package dev.stepzero.ship;

import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.phoenix.Rebuild;
import java.util.List;

/** Watches what is rebuilt, one release after the other. */
@FunctionalInterface
public interface MendListener {

    /**
     * A rebuild begins, or goes on where it was cut.
     *
     * @param served what serves, and will be replaced
     * @param notes what one should know of it, a sentence each
     * @return who watches its run
     */
    RunListener begins(ShipPlan plan, Deployment served, Rebuild rebuild, List<String> notes);
}
