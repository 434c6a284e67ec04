package dev.stepzero.ship.image;

import dev.stepzero.core.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Layers that were built before, by what went into them. Several processes may share it. */
final class LayerCache {
    private final Path directory;

    LayerCache(Path directory) {
        this.directory = directory;
    }

    /** Fills an empty tree; {@code spool} is a directory for its files that lasts until the layer is written. */
    @FunctionalInterface
    interface Recipe {
        void fill(FileTree tree, Path spool) throws IOException, InterruptedException;
    }

    /** The layer of this key, built by the recipe if it is not there; the key must tell everything that matters. */
    BuiltLayer get(String key, Recipe recipe) throws IOException, InterruptedException {
        var place = directory.resolve(
                Digest.of(key.getBytes(StandardCharsets.UTF_8)).hex());
        if (Files.notExists(place)) {
            try (var work = Workspace.in(directory)) {
                var finished = Files.createDirectory(work.path().resolve("finished"));
                var layer = work.layer(recipe);
                Files.move(layer.file(), finished.resolve("layer.tar.gz"));
                Files.writeString(
                        finished.resolve("digests"),
                        layer.blob().hex() + " " + layer.content().hex());
                moveInto(finished, place);
            }
        }
        var file = place.resolve("layer.tar.gz");
        var digests = Files.readString(place.resolve("digests")).split(" ", -1);
        return new BuiltLayer(new Digest(digests[0]), new Digest(digests[1]), Files.size(file), file);
    }

    /** Moves a finished directory to its place, unless another process was faster. */
    static void moveInto(Path finished, Path place) throws IOException {
        try {
            Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (Files.notExists(place)) {
                throw e;
            }
        }
    }
}
