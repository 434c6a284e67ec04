package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.evidence.AdmissionPolicy;
import dev.stepzero.ship.project.Project;
import dev.stepzero.ship.yaml.Nearest;
import java.time.Duration;
import java.util.Optional;

/** Turns what a project declares into the environment that a target makes. */
final class Declared {
    private Declared() {}

    /** The kind of target that the project asks for. */
    static Optional<String> target(Project project, String name) {
        return find(project, name).target();
    }

    private static Project.Environment find(Project project, String name) {
        var environments = project.environments();
        var environment = environments.get(name);
        if (environment == null) {
            throw UserError.usage("%s has no environment '%s'".formatted(project.app(), name))
                    .fix(Nearest.to(name, environments.keySet())
                            .map("did you mean '%s'?"::formatted)
                            .orElse("use one of " + String.join(", ", environments.keySet())));
        }
        return environment;
    }

    static EnvironmentSpec environment(Project project, String name, Home home) {
        var environment = find(project, name);
        var application = environment.application();
        return new EnvironmentSpec(
                project.app(),
                name,
                home.environment(project.app(), name),
                new EnvironmentSpec.LoadBalancer(environment.address(), environment.port()),
                new EnvironmentSpec.Application(
                        application.port(),
                        application.portVariable(),
                        application.replicas(),
                        application.health(),
                        application.version(),
                        application.environment(),
                        application.secrets(),
                        application.memoryMegabytes(),
                        application.startTimeout()),
                environment
                        .database()
                        .map(database -> new EnvironmentSpec.Database(
                                database.name(),
                                database.role(),
                                database.owner(),
                                database.variables(),
                                database.migrate())),
                AdmissionPolicy.with(
                        environment.admission().require().stream()
                                .map(Declared::predicateType)
                                .toList(),
                        Duration.ofDays(environment.admission().maxAgeDays())));
    }

    private static String predicateType(String word) {
        return switch (word) {
            case "approval" -> PredicateType.APPROVAL;
            case "sbom" -> PredicateType.SBOM;
            default -> throw new IllegalArgumentException(word);
        };
    }
}
