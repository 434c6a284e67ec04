package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.guard.evidence.ImageSignature;
import dev.stepzero.guard.keys.VerificationKey;
import dev.stepzero.scan.registry.Credentials;
import dev.stepzero.scan.registry.DockerConfig;
import dev.stepzero.scan.registry.Reference;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.evidence.Attachments;
import dev.stepzero.ship.image.OciLayout;
import dev.stepzero.ship.publish.ImagePlaces;
import dev.stepzero.ship.publish.Registry;
import java.nio.file.Path;
import java.util.List;
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
    private final ImagePlaces places;

    /**
     * A publisher of one project.
     *
     * @param repository the OCI repository to push to; empty: the layout on disk is the registry
     * @param places takes down what was pushed where
     */
    public Publisher(Path layout, Optional<String> repository, ImagePlaces places, Map<String, String> environment) {
        this.layout = layout;
        this.repository = repository.map(Reference::parse);
        this.places = places;
        this.environment = Map.copyOf(environment);
    }

    /** The name under which the image can be had, without its digest. */
    String name(String application) {
        return repository.map(Reference::toString).orElse(application);
    }

    /**
     * Publishes an image with its signature and evidence, and answers the reference by which everybody can have it. The
     * layout on disk has the evidence too: deployments are made from there.
     */
    String publish(Digest image, ImageSignature signature, List<SignedEvidence> evidence, VerificationKey signer)
            throws InterruptedException {
        var local = OciLayout.at(layout);
        var manifest = local.manifest(image);
        new Attachments(local).attach(manifest, signature, evidence, signer);
        if (repository.isEmpty()) {
            return layout + "@" + image;
        }
        var reference = repository.get();
        var registry = Registry.of(reference, credentials(environment, reference));
        registry.push(local, image);
        places.pushed(image, reference);
        new Attachments(registry.writing()).attach(manifest, signature, evidence, signer);
        return reference + "@" + image;
    }

    /** The credentials that a user's variables or Docker's configuration have for a registry. */
    public static Optional<Credentials> credentials(Map<String, String> environment, Reference reference) {
        var user = environment.getOrDefault("STEPZERO_REGISTRY_USER", "");
        if (!user.isEmpty()) {
            return Optional.of(new Credentials(user, environment.getOrDefault("STEPZERO_REGISTRY_PASSWORD", "")));
        }
        return DockerConfig.find(environment, reference.registry());
    }
}
