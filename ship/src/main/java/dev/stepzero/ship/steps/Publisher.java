package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.registry.Credentials;
import dev.stepzero.scan.registry.DockerConfig;
import dev.stepzero.scan.registry.Reference;
import dev.stepzero.ship.engine.StepOutput;
import dev.stepzero.ship.image.OciLayout;
import dev.stepzero.ship.publish.Registry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes images out of the layout on disk. Credentials are those of {@code STEPZERO_REGISTRY_USER} and
 * {@code STEPZERO_REGISTRY_PASSWORD}, or else what Docker's {@code config.json} holds for the registry; they go to the
 * one repository and nowhere else.
 */
public final class Publisher {
    private final Path layout;
    private final Optional<Reference> repository;
    private final Map<String, String> environment;

    /**
     * A publisher of one project.
     *
     * @param repository the OCI repository to push to; empty: the layout on disk is the registry
     */
    public Publisher(Path layout, Optional<String> repository, Map<String, String> environment) {
        this.layout = layout;
        this.repository = repository.map(Reference::parse);
        this.environment = Map.copyOf(environment);
    }

    /** Publishes an image and answers the reference by which everybody can have it. */
    String publish(Digest image, StepOutput output) throws InterruptedException {
        if (repository.isEmpty()) {
            return layout + "@" + "sha256:" + image.shortForm();
        }
        var reference = repository.get();
        output.line("pushing to " + reference);
        Registry.of(reference, credentials(reference)).push(OciLayout.at(layout), image);
        return reference + "@" + image;
    }

    private Optional<Credentials> credentials(Reference reference) {
        var user = environment.getOrDefault("STEPZERO_REGISTRY_USER", "");
        if (!user.isEmpty()) {
            return Optional.of(new Credentials(user, environment.getOrDefault("STEPZERO_REGISTRY_PASSWORD", "")));
        }
        return DockerConfig.find(environment, reference.registry());
    }
}
