package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.ContainerMount;
import dev.stepzero.ship.containers.ContainerSpec;
import dev.stepzero.ship.containers.ContainerState;
import dev.stepzero.ship.containers.ImageId;
import dev.stepzero.ship.containers.Labels;
import dev.stepzero.ship.containers.Limits;
import dev.stepzero.ship.containers.PublishedPort;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.store.process.FreePort;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first tier: one HAProxy, which is told at run time which colour is behind which door. */
final class BalancerTier {
    private static final String DIRECTORY = "load-balancer";
    private static final String CONFIG = "haproxy.cfg";
    private static final String MAP = "colours.map";
    private static final String LIVE = "dev.stepzero.live";
    private static final String PREVIEW = "dev.stepzero.preview";
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration START = Duration.ofSeconds(20);
    private static final Limits LIMITS = new Limits(256, 1, 64);

    private final ContainerEngine engine;
    private final Names names;
    private final Staging staging;
    private final Standing standing;
    private final Patience patience;
    private final BalancerControl control;

    BalancerTier(ContainerEngine engine, Names names, Staging staging, Patience patience) {
        this.engine = engine;
        this.names = names;
        this.staging = staging;
        this.standing = new Standing(engine, names.labels());
        this.patience = patience;
        this.control = new BalancerControl(staging.writable("control"));
    }

    /**
     * Sees to it that the load balancer answers under the address, with what was behind its doors before.
     *
     * @return the preview's port on the loopback address
     */
    int ensure(EnvironmentSpec spec, TierImages.TierImage image, TierNetworks networks) throws InterruptedException {
        var id = engine.images().load(image.layout(), image.manifest());
        var config = BalancerConfig.of(spec.application(), networks);
        var there = standing.find(container());
        var live = new PublishedPort(
                spec.loadBalancer().address(), spec.loadBalancer().port(), BalancerConfig.LIVE_PORT);
        var parts = new Parts(id, write(config, doors(there)), networks, live);
        var preview = label(there, PREVIEW).map(Integer::parseInt).orElseGet(() -> freePort(live));
        if (standing.holds(container(parts, preview))) {
            reload(config);
            return preview;
        }
        var ours = there.filter(ContainerState::running).isPresent()
                && label(there, LIVE).filter(address(live)::equals).isPresent();
        if (!ours) {
            HostPort.requireFree(live.address(), live.hostPort());
        }
        var free = FreePort.isFree(preview) ? preview : freePort(live);
        start(container(parts, free), live);
        await(config);
        return free;
    }

    Optional<Colour> at(Doors.Door door) throws InterruptedException {
        return control.doors().at(door);
    }

    /** Leads a door to a colour: first in the file, so that a load balancer that starts again does the same. */
    void lead(Doors.Door door, Colour colour) throws InterruptedException {
        var doors = control.doors().with(door, colour);
        var config = staging.read(DIRECTORY, CONFIG)
                .orElseThrow(() -> UserError.engine("the load balancer's configuration is gone")
                        .fix("ship again: what is missing of the environment is then put up again"));
        staging.files(DIRECTORY, Map.of(CONFIG, config, MAP, doors.print()));
        control.lead(door, colour);
    }

    /** Waits until the colour answers nothing any more; gives up silently after the time. */
    void drain(Colour colour, Duration most) throws InterruptedException {
        patience.until(most, () -> control.underWay(colour) == 0);
    }

    /** What it serves by its own word, or by the file that it starts from. */
    private Doors doors(Optional<ContainerState> there) throws InterruptedException {
        if (there.filter(ContainerState::running).isPresent() && control.shape().isPresent()) {
            return control.doors();
        }
        return Doors.read(staging.read(DIRECTORY, MAP).orElse(""));
    }

    private Path write(BalancerConfig config, Doors doors) {
        return staging.files(DIRECTORY, Map.of(CONFIG, config.text(), MAP, doors.print()));
    }

    private void start(ContainerSpec spec, PublishedPort live) throws InterruptedException {
        try {
            standing.replace(spec);
        } catch (UserError e) {
            throw HostPort.explain(e, live.address(), live.hostPort());
        }
    }

    /** Has a running load balancer read its changed configuration; its connections stay. */
    private void reload(BalancerConfig config) throws InterruptedException {
        // Before it answers it may not have learnt yet that the signal does not end it.
        patience.until(START, () -> control.shape().isPresent());
        if (control.shape().filter(config.shape()::equals).isEmpty()) {
            engine.containers().signal(container(), "USR2");
            await(config);
        }
    }

    private void await(BalancerConfig config) throws InterruptedException {
        if (!patience.until(
                START, () -> control.shape().filter(config.shape()::equals).isPresent())) {
            throw UserError.engine("the load balancer does not start: "
                    + String.join(" / ", engine.containers().output(container(), 5)));
        }
    }

    /** What its container is made of besides the preview's port. */
    private record Parts(ImageId image, Path directory, TierNetworks networks, PublishedPort live) {}

    private ContainerSpec container(Parts parts, int preview) {
        var labels = names.labels(Tier.LOAD_BALANCER)
                .and(LIVE, address(parts.live()))
                .and(PREVIEW, Integer.toString(preview));
        return Standing.shaped(labels, shaped -> container(parts, preview, shaped));
    }

    private ContainerSpec container(Parts parts, int preview, Labels labels) {
        var spec = ContainerSpec.builder(container(), parts.image(), labels)
                .mount(new ContainerMount.Bind(parts.directory(), "/etc/haproxy", true))
                .mount(new ContainerMount.Bind(staging.writable("control"), "/run/haproxy", false))
                .publish(parts.live())
                .publish(new PublishedPort(LOOPBACK, preview, BalancerConfig.PREVIEW_PORT))
                .limits(LIMITS)
                .restart();
        parts.networks().loadBalancer().forEach(spec::network);
        return spec.build();
    }

    private static Optional<String> label(Optional<ContainerState> there, String label) {
        return there.map(state -> state.labels().get(label));
    }

    private static String address(PublishedPort live) {
        return live.address() + ":" + live.hostPort();
    }

    private static int freePort(PublishedPort live) {
        return FreePort.find(new SecureRandom(), Set.of(live.hostPort()));
    }

    private String container() {
        return names.part("load-balancer");
    }
}
