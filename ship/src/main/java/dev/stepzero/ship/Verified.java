package dev.stepzero.ship;

import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.evidence.Passport;
import java.util.List;

/**
 * A release that verified.
 *
 * @param passport what is proven about it
 * @param deployments where it ran, the newest first; empty where nobody asked the database
 */
public record Verified(Passport passport, List<Deployment> deployments) {
    public Verified {
        deployments = List.copyOf(deployments);
    }
}
