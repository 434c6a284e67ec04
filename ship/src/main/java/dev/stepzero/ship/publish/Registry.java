package dev.stepzero.ship.publish;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.registry.Credentials;
import dev.stepzero.scan.registry.Reference;
import dev.stepzero.scan.registry.Repository;
import dev.stepzero.ship.image.ArtifactStore;
import dev.stepzero.ship.image.ImageManifest;
import dev.stepzero.ship.image.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A repository to which images are pushed and from which they are fetched, always by digest: what arrives is what left,
 * to the byte. Only loopback registries are spoken to in clear text, unless that was allowed.
 *
 * <p>Methods throw {@link UserError}, with the status ENGINE if the registry is down, too slow or refuses, and with
 * BLOCKED if it gives or stores something else than it should. Temporary failures are tried again, for a few seconds.
 */
public final class Registry {
    private final Reference reference;
    private final Optional<Credentials> credentials;
    private final Set<String> plainHosts;

    private Registry(Reference reference, Optional<Credentials> credentials, Set<String> plainHosts) {
        this.reference = reference;
        this.credentials = credentials;
        this.plainHosts = plainHosts;
    }

    /** The repository over TLS, or in clear text if it is on this machine. */
    public static Registry of(Reference reference, Optional<Credentials> credentials) {
        return new Registry(reference, credentials, Reference.LOOPBACK);
    }

    /** The repository in clear text: whoever is on the way can read the credentials. */
    public static Registry inClearText(Reference reference, Optional<Credentials> credentials) {
        return new Registry(reference, credentials, Set.of(reference.hostWithoutPort()));
    }

    /** Pushes an image, of which the registry is sent only what it does not have. */
    public void push(OciLayout layout, Digest image) throws InterruptedException {
        var bytes = layout.manifest(image);
        var manifest = ImageManifest.parse(bytes);
        var repository = repository("pull,push");
        var writer = new RepositoryWriter(repository);
        try {
            for (var blob : blobs(manifest)) {
                if (!repository.hasBlob(blob.digest())) {
                    writer.upload(blob, layout.blob(blob.digest()));
                }
            }
            writer.putManifest(image, bytes);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Whether the registry has the image. */
    public boolean has(Digest image) throws InterruptedException {
        try {
            return repository("pull").hasManifest(image);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Fetches an image into a layout, which takes nothing that was not verified. */
    public void fetch(Digest image, OciLayout layout) throws InterruptedException {
        var repository = repository("pull");
        try {
            var bytes = repository.manifest(image.toString());
            if (!Digest.of(bytes).equals(image)) {
                throw UserError.blocked("the registry gives another image than " + image)
                        .at(reference.toString())
                        .fix("do not use this registry before somebody looked into it");
            }
            for (var blob : blobs(ImageManifest.parse(bytes))) {
                if (!layout.has(blob.digest())) {
                    fetch(repository, blob, layout);
                }
            }
            layout.add(image, bytes);
            layout.list(image, Optional.empty());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static void fetch(Repository repository, ImageManifest.Blob blob, OciLayout layout)
            throws IOException, InterruptedException {
        var file = Files.createTempFile(layout.directory(), ".fetching", null);
        try {
            repository.download(blob.digest(), blob.size(), file);
            layout.add(blob.digest(), file);
        } finally {
            Files.delete(file);
        }
    }

    /** What lies beside images, to be read only. */
    public ArtifactStore reading() {
        return new RegistryArtifacts(reference, repository("pull"));
    }

    /** The same, to be added to. */
    public ArtifactStore writing() {
        return new RegistryArtifacts(reference, repository("pull,push"));
    }

    private static List<ImageManifest.Blob> blobs(ImageManifest manifest) {
        var blobs = new ArrayList<>(manifest.layers());
        blobs.add(manifest.config());
        return blobs;
    }

    private Repository repository(String actions) {
        return Repository.of(reference, actions, credentials, plainHosts);
    }

    private UserError failed(IOException cause) {
        return failed(reference, cause);
    }

    static UserError failed(Reference reference, IOException cause) {
        return UserError.engine("the registry cannot be used: " + cause.getMessage())
                .at(reference.toString())
                .fix("check the registry, and the space on the disk")
                .because(cause);
    }
}
