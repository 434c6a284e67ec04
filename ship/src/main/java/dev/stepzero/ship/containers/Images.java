package dev.stepzero.ship.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.LoadResponseItem;
import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The images that an engine holds. */
public final class Images {
    private final DockerClient client;
    private final Calls calls;

    Images(DockerClient client, Calls calls) {
        this.client = client;
        this.calls = calls;
    }

    /**
     * Sees to it that the engine holds exactly the image with this manifest; one that it has already is not sent again.
     *
     * @param layout an OCI layout on disk
     * @param manifest the digest of the image's manifest
     * @throws UserError if the image is broken, or the engine made something else of it
     */
    public ImageId load(Path layout, Digest manifest) throws InterruptedException {
        var image = LayoutImage.read(layout, manifest);
        var there = find(image);
        if (there.isPresent()) {
            return there.get();
        }
        send(image);
        return find(image)
                .orElseThrow(() -> UserError.engine(
                                "the engine took the image " + manifest.shortForm() + " but has none with its digest")
                        .at(layout.toString())
                        .fix("look at the engine's log; a damaged layer is the usual cause"));
    }

    private Optional<ImageId> find(LayoutImage image) throws InterruptedException {
        for (var digest : List.of(image.config(), image.manifest())) {
            var id = calls.find("looking for an image", client.inspectImageCmd(digest.toString())::exec)
                    .map(answer -> String.valueOf(answer.getId()));
            if (id.isPresent()
                    && (id.get().equals(image.config().toString())
                            || id.get().equals(image.manifest().toString()))) {
                return id.map(ImageId::new);
            }
        }
        return Optional.empty();
    }

    private void send(LayoutImage image) throws InterruptedException {
        var work = "loading the image " + image.manifest().shortForm();
        try (var archive = ImageArchive.open(image);
                var load = client.loadImageAsyncCmd(archive).exec(new ResultCallback.Adapter<LoadResponseItem>())) {
            load.awaitCompletion();
        } catch (IOException | RuntimeException e) {
            throw calls.failure(work, e);
        }
    }
}
