package dev.stepzero.ship.publish;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.registry.Repository;
import dev.stepzero.ship.image.ImageManifest;
import dev.stepzero.ship.image.ImageManifest.Blob;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Stores what an image consists of in a repository. */
record RepositoryWriter(Repository repository) {
    private static final int CONDITION_FAILED = 412;

    /** Sends a blob, from its beginning again where that fails. */
    void upload(Blob blob, Path file) throws IOException, InterruptedException {
        if (!Files.exists(file)) {
            throw UserError.unreadable("the layout lacks a blob of the image")
                    .at(file.toString())
                    .fix("build the image again");
        }
        upload(blob, Upload.Content.of(file));
    }

    /** Sends a small blob, unless the registry has it. */
    void upload(byte[] content) throws IOException, InterruptedException {
        var digest = Digest.of(content);
        if (!repository.hasBlob(digest)) {
            upload(new Blob("application/octet-stream", digest, content.length), Upload.Content.of(content));
        }
    }

    private void upload(Blob blob, Upload.Content content) throws IOException, InterruptedException {
        var sent = repository.retry("blobs/uploads/", () -> new Upload(repository, blob, content).send());
        if (sent.statusCode() != 201) {
            throw repository.unexpected(sent, "sent blob " + blob.digest());
        }
    }

    void putManifest(Digest digest, byte[] manifest) throws IOException, InterruptedException {
        putManifest(digest.toString(), ImageManifest.MEDIA_TYPE, manifest);
    }

    /**
     * Sends a manifest.
     *
     * @param name its digest, or a tag
     * @return the subject that the registry says it has taken notice of
     */
    Optional<String> putManifest(String name, String mediaType, byte[] manifest)
            throws IOException, InterruptedException {
        return stored(name, manifest, send(name, mediaType, manifest, Condition.NONE));
    }

    /**
     * Sends a manifest to take the place of another.
     *
     * @return false if the registry says that the condition does not hold
     */
    boolean replaceManifest(String tag, String mediaType, byte[] manifest, Condition condition)
            throws IOException, InterruptedException {
        var response = send(tag, mediaType, manifest, condition);
        if (response.statusCode() == CONDITION_FAILED) {
            return false;
        }
        stored(tag, manifest, response);
        return true;
    }

    private HttpResponse<Void> send(String name, String mediaType, byte[] manifest, Condition condition)
            throws IOException, InterruptedException {
        var request = repository
                .request("manifests/" + name)
                .header("Content-Type", mediaType)
                .PUT(BodyPublishers.ofByteArray(manifest));
        condition.on(request);
        return repository.send(request, BodyHandlers.discarding());
    }

    private Optional<String> stored(String name, byte[] manifest, HttpResponse<Void> response) {
        var digest = Digest.of(manifest);
        if (response.statusCode() != 201) {
            throw repository.unexpected(response, "sent the manifest " + name);
        }
        var stored = response.headers().firstValue("Docker-Content-Digest").orElse(digest.toString());
        if (!stored.equals(digest.toString())) {
            throw UserError.blocked("the registry stored the image as " + stored + " instead of " + digest)
                    .at(repository.reference().toString())
                    .fix("use a registry that does not change manifests");
        }
        return response.headers().firstValue("OCI-Subject");
    }
}
