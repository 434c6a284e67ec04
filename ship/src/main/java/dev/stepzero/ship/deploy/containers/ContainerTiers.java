package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.Digest;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.Release;
import dev.stepzero.ship.deploy.Tiers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An environment that stands as containers. */
final class ContainerTiers implements Tiers {
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final URI live;
    private final URI preview;
    private final TierNetworks networks;
    private final BalancerTier balancer;
    private final ApplicationTier application;
    private final Migration migration;

    ContainerTiers(
            URI live,
            URI preview,
            TierNetworks networks,
            BalancerTier balancer,
            ApplicationTier application,
            Migration migration) {
        this.live = live;
        this.preview = preview;
        this.networks = networks;
        this.balancer = balancer;
        this.application = application;
        this.migration = migration;
    }

    @Override
    public URI live() {
        return live;
    }

    @Override
    public URI preview() {
        return preview;
    }

    @Override
    public Optional<Colour> serving() throws InterruptedException {
        return balancer.at(Doors.Door.LIVE);
    }

    @Override
    public Optional<Digest> running(Colour colour) throws InterruptedException {
        return application.running(colour);
    }

    @Override
    public void migrate(Release release) throws InterruptedException {
        migration.run(release, networks);
    }

    @Override
    public void start(Release release, Colour colour) throws InterruptedException {
        application.start(release, colour, networks);
    }

    @Override
    public void show(Colour colour) throws InterruptedException {
        balancer.lead(Doors.Door.PREVIEW, colour);
    }

    @Override
    public void serve(Colour colour) throws InterruptedException {
        balancer.lead(Doors.Door.LIVE, colour);
    }

    @Override
    public void stop(Colour colour) throws InterruptedException {
        if (!application.isEmpty(colour)) {
            balancer.drain(colour, DRAIN);
            application.stop(colour);
        }
    }

    @Override
    public List<String> output(Colour colour, int lines) throws InterruptedException {
        return application.output(colour, lines);
    }
}
