package dev.stepzero.ship.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The smallest environment that a project can declare: production, two replicas, no database. */
public final class TestSpecification {
    private TestSpecification() {}

    public static EnvironmentSpec of(String project, Path home) {
        return new EnvironmentSpec(
                project,
                "production",
                home,
                new EnvironmentSpec.LoadBalancer("127.0.0.1", 1),
                new EnvironmentSpec.Application(
                        1, "PORT", 2, "/health", "/version", Map.of(), List.of(), 64, Duration.ofSeconds(30)),
                Optional.empty());
    }
}
