package dev.stepzero.ship.deploy;

import java.util.List;

/** A kind of place where environments can stand: containers, plain processes, a cloud. */
public interface Target {

    /** The name that {@code --target} takes. */
    String name();

    /** What is weaker here than in the best target, one sentence each; shown to the user at every deployment. */
    List<String> weaknesses();

    /**
     * Makes the environment stand: networks, database and load balancer are there and answer when this returns.
     * Calling it again changes nothing but what differs from the specification.
     *
     * @throws dev.stepzero.core.UserError if the engine is missing or refuses, or the port is taken
     * @throws InterruptedException if the run was cancelled; what was begun is completed or undone by the next call
     */
    Tiers prepare(EnvironmentSpec environment) throws InterruptedException;

    /** Takes the whole environment away: replicas, load balancer, database, networks; its data only on demand. */
    void remove(EnvironmentSpec environment, boolean withData) throws InterruptedException;
}
