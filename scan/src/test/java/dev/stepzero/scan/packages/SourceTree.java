package dev.stepzero.scan.packages;

import dev.stepzero.scan.tree.WrittenTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A source tree that a test writes and a reader reads. */
public final class SourceTree extends WrittenTree<SourceTree> {

    public SourceTree(Path root) {
        super(root);
    }

    @Override
    protected SourceTree self() {
        return this;
    }

    /** What a reader finds in it. */
    public Inventory readBy(ManifestReader reader) {
        var packages = new Inventory.Collector();
        try {
            reader.read(files(), packages, intake());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return packages.inventory(Optional.empty());
    }

    /** Where something could not be understood: {@code file:line}. */
    public List<String> problemPlaces() {
        return intake().problems().stream()
                .map(each -> each.position().file() + ":" + each.position().line())
                .toList();
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
