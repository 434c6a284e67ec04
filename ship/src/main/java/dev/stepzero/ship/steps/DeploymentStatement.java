package dev.stepzero.ship.steps;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import java.time.Instant;

/**
 * The predicate of {@link dev.stepzero.guard.evidence.PredicateType#DEPLOYMENT}: where an image serves, since when and
 * by what.
 *
 * @param kind {@code ship} or {@code rollback}, or whatever else brings a release in
 * @param result {@code serving}, or {@code failed} where what was there before serves on
 * @param reason why it failed; left out where it serves
 */
public record DeploymentStatement(
        String environment,
        String target,
        String address,
        String commit,
        String kind,
        String deployedOn,
        String result,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String reason) {

    /** That a deployment serves at an address. */
    public static DeploymentStatement serving(Deployment deployment, String address, Instant at) {
        return of(deployment, address, at, "serving", "");
    }

    /** That a deployment failed. */
    public static DeploymentStatement failed(Deployment deployment, Instant at, String reason) {
        return of(deployment, "", at, "failed", reason);
    }

    private static DeploymentStatement of(
            Deployment deployment, String address, Instant at, String result, String reason) {
        return new DeploymentStatement(
                deployment.environment(),
                deployment.target(),
                address,
                deployment.commit(),
                deployment.kind(),
                at.toString(),
                result,
                reason);
    }
}
