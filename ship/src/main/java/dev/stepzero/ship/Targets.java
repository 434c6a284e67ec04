package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.ship.deploy.Target;
import dev.stepzero.ship.steps.ImageBuilders;
import java.time.Clock;

/** The kinds of places that releases can run in. */
final class Targets {
    private final Home home;
    private final Clock clock;
    private final ImageBuilders builders;

    Targets(Home home, Clock clock, ImageBuilders builders) {
        this.home = home;
        this.clock = clock;
        this.builders = builders;
    }

    Target of(Site site) {
        return null;
    }
}
