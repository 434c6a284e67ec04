package dev.stepzero.scan.packages;

import dev.stepzero.core.Coverage;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A source tree that a test writes and a reader reads. */
public final class SourceTree {
    private final Path root;
    private final Intake intake = new Intake();

    public SourceTree(Path root) {
        this.root = root;
    }

    /** With one more file. */
    public SourceTree with(String path, String content) {
        try {
            var file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a reader finds in it. */
    public Inventory readBy(ManifestReader reader) {
        var packages = new Inventory.Collector();
        try {
            reader.read(TreeFiles.of(root, intake), packages, intake);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return packages.inventory(Optional.empty());
    }

    /** What could not be understood. */
    public List<String> problems() {
        return intake.problems().stream()
                .map(each -> each.position().file() + ":" + each.position().line())
                .toList();
    }

    /** What was left out, and why. */
    public List<String> skipped() {
        return intake.coverage(0, 0).skipped().stream().map(SourceTree::written).toList();
    }

    private static String written(Coverage.Skipped skipped) {
        return skipped.path() + ": " + skipped.reason();
    }

    /** Package URL, scope, whether it is direct, and the lines: what a test mostly asks about. */
    public static List<String> written(Inventory inventory) {
        return inventory.components().stream()
                .map(each -> "%s %s%s %s"
                        .formatted(
                                each.purl(),
                                each.scope(),
                                each.direct() ? " direct" : "",
                                each.places().stream()
                                        .map(place -> place.path() + ":" + place.line())
                                        .toList()))
                .toList();
    }

    /** Each dependency as {@code name -> name}. */
    public static List<String> dependencies(Inventory inventory) {
        return inventory.dependencies().entrySet().stream()
                .flatMap(each -> each.getValue().stream()
                        .map(dependency -> each.getKey().displayName() + " -> " + dependency.displayName()))
                .sorted()
                .toList();
    }
}
