package dev.stepzero.ship.deploy.containers;

import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Secrets;
import dev.stepzero.ship.deploy.Target;
import dev.stepzero.ship.deploy.Tiers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Environments of hardened containers on Docker or Podman: HAProxy, two colours of replicas, PostgreSQL, each tier in a
 * network of its own. What is there is read from the engine and from HAProxy itself, so nothing is lost when Stepzero
 * is killed.
 */
public final class ContainerTarget implements Target {
    private final ContainerEngine engine;
    private final TierImages images;
    private final Clock clock;

    /**
     * @param engine where the containers run
     * @param images what the load balancer and the database are made from
     */
    public ContainerTarget(ContainerEngine engine, TierImages images, Clock clock) {
        this.engine = engine;
        this.images = images;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "containers";
    }

    @Override
    public List<String> weaknesses() {
        var weaknesses = new ArrayList<>(List.of(
                "the load balancer speaks HTTP without encryption, also to the replicas in their private network",
                "all three tiers stand on this one host and fall with it"));
        if (!engine.rootless()) {
            weaknesses.add(engine.name() + " runs as root: who breaks out of a container is root on this host");
        }
        return weaknesses;
    }

    @Override
    public Tiers prepare(EnvironmentSpec environment) throws InterruptedException {
        var names = Names.of(environment);
        var staging = new Staging(environment.home());
        var secrets = secrets(environment.home());
        var balancer = balancer(names, staging);
        var application = new ApplicationTier(engine, environment, staging, secrets);
        var networks = TierNetworks.ensure(engine, names, environment.database().isPresent());
        var database = database(names, staging, secrets);
        if (environment.database().isPresent()) {
            database.ensure(environment.database().get(), images.database(), networks);
        } else {
            database.stop();
        }
        var preview = balancer.ensure(environment, images.loadBalancer(), networks);
        var migration = new Migration(engine, environment, staging, secrets);
        return new ContainerTiers(
                address(
                        environment.loadBalancer().address(),
                        environment.loadBalancer().port()),
                address("127.0.0.1", preview),
                networks,
                balancer,
                application,
                migration);
    }

    @Override
    public void remove(EnvironmentSpec environment, boolean withData) throws InterruptedException {
        var names = Names.of(environment);
        var staging = new Staging(environment.home());
        var database = database(names, staging, secrets(environment.home()));
        database.stop();
        for (var container : engine.containers().list(names.labels())) {
            engine.containers().remove(container.name());
        }
        TierNetworks.remove(engine, names);
        staging.remove();
        if (withData) {
            database.removeData();
            Staging.delete(secretsDirectory(environment.home()));
        }
    }

    private BalancerTier balancer(Names names, Staging staging) {
        return new BalancerTier(engine, names, staging, new Patience(clock));
    }

    private DatabaseTier database(Names names, Staging staging, Secrets secrets) {
        return new DatabaseTier(engine, names, new DatabaseFiles(staging, secrets, clock), new Patience(clock));
    }

    private static Secrets secrets(Path home) {
        return Secrets.in(secretsDirectory(home));
    }

    private static Path secretsDirectory(Path home) {
        return home.resolve("secrets");
    }

    private static URI address(String host, int port) {
        return switch (host) {
            case "0.0.0.0", "::" -> address("127.0.0.1", port);
            default -> URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
        };
    }
}
