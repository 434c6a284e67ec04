package dev.stepzero.ship.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A directory that goes away with everything in it when it is closed. */
record Workspace(Path path) implements AutoCloseable {

    /** Makes one inside the parent, so that results can be moved from it in one step. */
    static Workspace in(Path parent) throws IOException {
        return new Workspace(Files.createTempDirectory(Files.createDirectories(parent), ".work"));
    }

    /** Builds a layer that lasts as long as the workspace. */
    BuiltLayer layer(LayerCache.Recipe recipe) throws IOException, InterruptedException {
        var tree = new FileTree();
        recipe.fill(tree, Files.createTempDirectory(path, "spool"));
        return BuiltLayer.write(tree, Files.createTempFile(path, "layer", ".tar.gz"));
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
