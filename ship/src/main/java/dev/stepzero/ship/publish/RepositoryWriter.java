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

/** Stores what an image consists of in a repository. */
record RepositoryWriter(Repository repository) {

    /** Sends a blob, from its beginning again where that fails. */
    void upload(Blob blob, Path file) throws IOException, InterruptedException {
        if (!Files.exists(file)) {
            throw UserError.unreadable("the layout lacks a blob of the image")
                    .at(file.toString())
                    .fix("build the image again");
        }
        var sent = repository.retry("blobs/uploads/", () -> new Upload(repository, blob, file).send());
        if (sent.statusCode() != 201) {
            throw repository.unexpected(sent, "sent blob " + blob.digest());
        }
    }

    void putManifest(Digest digest, byte[] manifest) throws IOException, InterruptedException {
        var response = repository.send(
                repository
                        .request("manifests/" + digest)
                        .header("Content-Type", ImageManifest.MEDIA_TYPE)
                        .PUT(BodyPublishers.ofByteArray(manifest)),
                BodyHandlers.discarding());
        if (response.statusCode() != 201) {
            throw repository.unexpected(response, "sent the manifest " + digest);
        }
        var stored = response.headers().firstValue("Docker-Content-Digest").orElse(digest.toString());
        if (!stored.equals(digest.toString())) {
            throw UserError.blocked("the registry stored the image as " + stored + " instead of " + digest)
                    .at(repository.reference().toString())
                    .fix("use a registry that does not change manifests");
        }
    }
}
