package dev.stepzero.scan.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.registry.ImageReference;
import dev.stepzero.scan.registry.Repository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** The pieces of one image in a registry: each is fetched when it is opened, and never written to disk. */
final class RegistryBlobs implements Blobs {
    private static final int DEEPEST = 4;

    private final Repository repository;
    private final ImageReference reference;
    private final Map<String, byte[]> documents = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private Digest manifest;

    private RegistryBlobs(Repository repository, ImageReference reference, Digest manifest) {
        this.repository = repository;
        this.reference = reference;
        this.manifest = manifest;
    }

    /** Asks the registry for the manifest, or of an index for that of the platform. */
    static RegistryBlobs of(Repository repository, ImageReference reference, Platform platform)
            throws InterruptedException {
        try {
            var first = repository.manifest(reference.name());
            var blobs = new RegistryBlobs(repository, reference, Digest.of(first));
            reference.digest().ifPresent(promised -> blobs.require(promised, Digest.of(first), reference.name()));
            blobs.take(first, platform, 0);
            return blobs;
        } catch (IOException e) {
            throw failed(reference, e);
        }
    }

    private void take(byte[] content, Platform platform, int depth) throws IOException, InterruptedException {
        var digest = Digest.of(content);
        documents.put(Blobs.nameOf(digest), content);
        var document = Json.read(content, place());
        if (!document.has("manifests")) {
            manifest = digest;
            note(document.path("config"));
            Json.list(document.path("layers"), place()).forEach(this::note);
            return;
        }
        if (depth == DEEPEST) {
            throw UserError.unreadable("its indexes name each other more than " + DEEPEST + " levels deep")
                    .at(place())
                    .fix("no build makes such an index: do not trust this image");
        }
        var next = new ImageSelection(this, platform).chosenOf(document);
        var fetched = repository.manifest(next.toString());
        require(next, Digest.of(fetched), next.toString());
        take(fetched, platform, depth + 1);
    }

    private void note(JsonNode descriptor) {
        var name = Blobs.nameOf(Json.digest(descriptor, place()));
        var size = descriptor.path("size").asLong(-1);
        if (size < 0) {
            throw UserError.unreadable("a piece of the image has no size")
                    .at(place())
                    .fix("push the image again with another program");
        }
        sizes.put(name, size);
    }

    /** The digest of the image's own manifest. */
    Digest manifest() {
        return manifest;
    }

    @Override
    public OptionalLong size(String name) {
        if (documents.containsKey(name)) {
            return OptionalLong.of(documents.getOrDefault(name, new byte[0]).length);
        }
        var size = sizes.get(name);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    @Override
    public InputStream open(String name) throws IOException {
        var document = documents.get(name);
        if (document != null) {
            return new ByteArrayInputStream(document);
        }
        var size = size(name).orElseThrow(() -> missing(name));
        try {
            return repository.blob(new Digest(name.substring(name.lastIndexOf('/') + 1)), size);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (java.io.InterruptedIOException) new java.io.InterruptedIOException().initCause(e);
        }
    }

    @Override
    public String place() {
        return reference.toString();
    }

    private static UserError failed(ImageReference reference, IOException cause) {
        return UserError.engine("the registry cannot be used: " + cause.getMessage())
                .at(reference.toString())
                .fix("check the registry and the image's name")
                .because(cause);
    }
}
