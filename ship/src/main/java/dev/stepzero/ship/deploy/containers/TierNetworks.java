package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.containers.Attachment;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.EngineNetwork;
import dev.stepzero.ship.deploy.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The networks of an environment, in which everything has an address that it keeps through restarts. Only the first
 * leads outside; the load balancer stands in the first two, the replicas in the last two, the database in the last.
 *
 * @param outer takes the requests from the host
 * @param application joins the load balancer and the replicas
 * @param database joins the replicas and the database, where there is one
 */
record TierNetworks(EngineNetwork outer, EngineNetwork application, Optional<EngineNetwork> database) {
    static final String DATABASE_HOST = "database";

    private static final int FIRST = 2;
    private static final int MIGRATION = 3;
    private static final int BLUE = 10;
    private static final int GREEN = 130;
    private static final int MOST_REPLICAS = 100;

    static TierNetworks ensure(ContainerEngine engine, Names names, boolean withDatabase) throws InterruptedException {
        var networks = engine.networks();
        var outer = networks.ensure(names.part("lb"), false, names.labels());
        var application = networks.ensure(names.part("app"), true, names.labels());
        Optional<EngineNetwork> database =
                withDatabase ? Optional.of(networks.ensure(names.part("db"), true, names.labels())) : Optional.empty();
        return new TierNetworks(outer, application, database);
    }

    static void remove(ContainerEngine engine, Names names) throws InterruptedException {
        for (var network : engine.networks().list(names.labels())) {
            engine.networks().remove(network.name());
        }
    }

    List<Attachment> loadBalancer() {
        return List.of(at(outer, FIRST), at(application, FIRST));
    }

    List<Attachment> replica(Colour colour, int number) {
        var attachments = new ArrayList<Attachment>();
        attachments.add(at(application, host(colour, number)));
        database.ifPresent(network -> attachments.add(at(network, host(colour, number))));
        return attachments;
    }

    Attachment databaseServer() {
        return at(third(), FIRST);
    }

    Attachment migration() {
        return at(third(), MIGRATION);
    }

    String databaseAddress() {
        return third().address(FIRST);
    }

    String databaseSubnet() {
        return third().subnet();
    }

    String replicaAddress(Colour colour, int number) {
        return application.address(host(colour, number));
    }

    private EngineNetwork third() {
        return database.orElseThrow(() -> new IllegalStateException("the environment has no database"));
    }

    private static int host(Colour colour, int number) {
        if (number > MOST_REPLICAS) {
            throw UserError.unreadable("more than " + MOST_REPLICAS + " replicas do not fit into a network")
                    .fix("ask for fewer replicas");
        }
        return (colour == Colour.BLUE ? BLUE : GREEN) + number;
    }

    private static Attachment at(EngineNetwork network, int host) {
        return Attachment.to(network.name(), network.address(host));
    }
}
