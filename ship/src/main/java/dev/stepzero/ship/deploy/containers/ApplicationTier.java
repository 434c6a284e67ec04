package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.Digest;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.ContainerMount;
import dev.stepzero.ship.containers.ContainerSpec;
import dev.stepzero.ship.containers.ContainerState;
import dev.stepzero.ship.containers.ImageId;
import dev.stepzero.ship.containers.Limits;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Release;
import dev.stepzero.ship.deploy.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The second tier: the replicas of two colours. */
final class ApplicationTier {
    private static final String IMAGE = "dev.stepzero.image";
    private static final String REPLICAS = "dev.stepzero.replicas";
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int PROCESSES = 512;

    private final ContainerEngine engine;
    private final EnvironmentSpec spec;
    private final Names names;
    private final Standing standing;
    private final Staging staging;
    private final Secrets secrets;

    ApplicationTier(ContainerEngine engine, EnvironmentSpec spec, Staging staging, Secrets secrets) {
        this.engine = engine;
        this.spec = spec;
        this.names = Names.of(spec);
        this.standing = new Standing(engine, names.labels());
        this.staging = staging;
        this.secrets = secrets;
    }

    /** The image under a colour, where as many replicas run as were started. */
    Optional<Digest> running(Colour colour) throws InterruptedException {
        var replicas = replicas(colour);
        if (replicas.isEmpty()) {
            return Optional.empty();
        }
        var labels = replicas.getFirst().labels();
        var complete = replicas.stream().allMatch(ContainerState::running)
                && Integer.toString(replicas.size()).equals(labels.get(REPLICAS));
        return complete ? Optional.ofNullable(labels.get(IMAGE)).map(Digest::parse) : Optional.empty();
    }

    void start(Release release, Colour colour, TierNetworks networks) throws InterruptedException {
        var image = engine.images().load(release.layout(), release.image());
        var variables = Variables.ofReplica(spec, secrets);
        var files = staging.files("replica", variables.files());
        remove(colour);
        for (int number = 1; number <= spec.application().replicas(); number++) {
            standing.replace(replica(release, image, colour, number, networks, variables, files));
        }
    }

    /** Lets the replicas of a colour end and takes them away. */
    void stop(Colour colour) throws InterruptedException {
        for (var replica : replicas(colour)) {
            engine.containers().stop(replica.name(), GRACE);
        }
        remove(colour);
    }

    List<String> output(Colour colour, int lines) throws InterruptedException {
        var replicas = replicas(colour);
        var output = new ArrayList<String>();
        for (var replica : replicas) {
            for (var line : engine.containers().output(replica.name(), Math.max(1, lines / replicas.size()))) {
                output.add(replica.name() + ": " + line);
            }
        }
        return output;
    }

    boolean isEmpty(Colour colour) throws InterruptedException {
        return replicas(colour).isEmpty();
    }

    /** What one container of the application may use. */
    static Limits limits(EnvironmentSpec.Application application) {
        var processors = Math.min(2, Runtime.getRuntime().availableProcessors());
        return new Limits(application.memoryMegabytes(), processors, PROCESSES);
    }

    private ContainerSpec replica(
            Release release,
            ImageId image,
            Colour colour,
            int number,
            TierNetworks networks,
            Variables variables,
            Path files) {
        var labels = names.labels(colour)
                .and(IMAGE, release.image().toString())
                .and(REPLICAS, Integer.toString(spec.application().replicas()));
        var replica = ContainerSpec.builder(names.replica(colour, number), image, labels)
                .environment(variables.plain())
                .mount(new ContainerMount.Bind(files, Variables.DIRECTORY, true))
                .limits(limits(spec.application()))
                .restart();
        networks.replica(colour, number).forEach(replica::network);
        if (spec.database().isPresent()) {
            replica.host(TierNetworks.DATABASE_HOST, networks.databaseAddress());
        }
        return replica.build();
    }

    private void remove(Colour colour) throws InterruptedException {
        for (var replica : replicas(colour)) {
            engine.containers().remove(replica.name());
        }
    }

    private List<ContainerState> replicas(Colour colour) throws InterruptedException {
        return engine.containers().list(names.labels(colour));
    }
}
