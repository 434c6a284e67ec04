package dev.stepzero.ship;

import dev.stepzero.ship.deploy.Deployments.Deployment;
import java.util.Optional;

/**
 * What somebody wants mended.
 *
 * @param project the application's name, or its directory
 * @param environment empty: every environment where it serves
 */
public record MendRequest(String project, Optional<String> environment) {
    boolean names(Deployment serving) {
        return serving.project().equals(project)
                && environment.map(serving.environment()::equals).orElse(true);
    }
}
