package dev.stepzero.ship.publish;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.registry.Repository;
import dev.stepzero.ship.image.ImageManifest;
import dev.stepzero.ship.image.ImageManifest.Blob;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Stores what an image consists of in a repository. */
record RepositoryWriter(Repository repository) {

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
        var digest = Digest.of(manifest);
        var response = repository.send(
                repository
                        .request("manifests/" + name)
                        .header("Content-Type", mediaType)
                        .PUT(BodyPublishers.ofByteArray(manifest)),
                BodyHandlers.discarding());
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
