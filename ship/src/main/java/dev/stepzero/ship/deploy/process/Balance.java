package dev.stepzero.ship.deploy.process;

import dev.stepzero.ship.deploy.Colour;
import java.util.Map;

/**
 * What the load balancer says about itself.
 *
 * @param routes where it leads requests now
 * @param underWay how many requests each colour is answering
 */
record Balance(Routes routes, Map<Colour, Integer> underWay) {
    Balance {
        underWay = Map.copyOf(underWay);
    }
}
