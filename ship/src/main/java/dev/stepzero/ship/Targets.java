package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.ship.deploy.Target;
import dev.stepzero.ship.deploy.containers.ContainerTarget;
import dev.stepzero.ship.deploy.containers.TierImages;
import dev.stepzero.ship.deploy.process.ProcessTarget;
import dev.stepzero.ship.image.BuiltImage;
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
        return switch (site.target()) {
            case "containers" -> new ContainerTarget(site.engine().orElseThrow(), new BuiltTiers(), clock);
            default -> new ProcessTarget();
        };
    }

    /** Images of the tiers, which an earlier step of the run has put into the caches. */
    private final class BuiltTiers implements TierImages {
        @Override
        public TierImage loadBalancer() throws InterruptedException {
            return tier(builders.quiet().loadBalancer(home.registry()));
        }

        @Override
        public TierImage database() throws InterruptedException {
            return tier(builders.quiet().database(home.registry()));
        }

        private TierImage tier(BuiltImage image) {
            return new TierImage(image.layout(), image.digest());
        }
    }
}
