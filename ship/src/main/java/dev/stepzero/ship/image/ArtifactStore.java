package dev.stepzero.ship.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Where an image lies, and what belongs to it beside it: a repository in a registry, or a layout on disk. Manifests
 * that are no images are kept under tags or, where the place can, in a list of what refers to an image. Methods throw
 * {@link UserError} if the place fails or gives something else than it should.
 */
public interface ArtifactStore {

    /** Where this is, for people. */
    String place();

    /** The manifest under a tag, as it is stored; empty if there is none. */
    Optional<byte[]> tagged(String tag) throws InterruptedException;

    /** The manifest with a digest, verified. */
    byte[] manifest(Digest digest) throws InterruptedException;

    /** A blob, verified; one of more bytes than the limit is refused. */
    byte[] content(Digest digest, long mostBytes) throws InterruptedException;

    /** Stores a blob under its digest. */
    void put(byte[] content) throws InterruptedException;

    /**
     * Stores a manifest that has a subject.
     *
     * @return whether the place itself lists it from now on among the subject's referrers
     */
    boolean refer(byte[] manifest) throws InterruptedException;

    /**
     * The descriptors that the place itself lists as referrers of an image, as the distribution specification's
     * referrers API answers; empty if it keeps no such lists.
     */
    Optional<List<JsonNode>> referrers(Digest image) throws InterruptedException;

    /** Replaces the manifest under a tag by a changed one, in which nothing that others wrote meanwhile is lost. */
    void update(String tag, String mediaType, Change change) throws InterruptedException;

    /** A change that may be made several times: made to its own result, it changes nothing. */
    @FunctionalInterface
    interface Change {
        Changed to(Optional<byte[]> manifest);
    }

    /** A changed manifest with the blobs that it needs and that may not be stored yet. */
    final class Changed {
        private final byte[] manifest;
        private final List<byte[]> blobs;

        public Changed(byte[] manifest, List<byte[]> blobs) {
            this.manifest = manifest.clone();
            this.blobs = List.copyOf(blobs);
        }

        public byte[] manifest() {
            return manifest.clone();
        }

        public List<byte[]> blobs() {
            return blobs;
        }
    }
}
