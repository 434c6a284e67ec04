package dev.stepzero.scan.fuzz;

import dev.stepzero.scan.iac.ResourceReader;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tree with a single file, whose bytes change from run to run. */
final class OneFile {
    private final Path root;
    private final Path file;

    OneFile(String name) {
        try {
            root = Files.createTempDirectory("stepzero-fuzz");
            file = root.resolve(name);
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file.toFile().deleteOnExit();
        root.toFile().deleteOnExit();
    }

    /** Any reader may take a problem down, but none may throw: the rest of the tree would be lost. */
    void readBy(ResourceReader reader, byte[] content) throws IOException, InterruptedException {
        Files.write(file, content);
        var intake = new Intake();
        reader.read(TreeFiles.of(root, intake), intake);
    }

    Path root() {
        return root;
    }

    Path file() {
        return file;
    }
}
