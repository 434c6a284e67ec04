package dev.stepzero.scan.packages;

import dev.stepzero.scan.tree.WrittenTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small tree of manifests written for a test, and the packages that a reader finds in it. */
public final class ManifestTree extends WrittenTree<ManifestTree> {
    private Inventory inventory = Inventory.EMPTY;

    public ManifestTree(Path root) {
        super(root);
    }

    @Override
    protected ManifestTree self() {
        return this;
    }

    public ManifestTree readBy(ManifestReader reader) throws InterruptedException {
        var packages = new Inventory.Collector();
        reader.read(files(), packages, intake());
        inventory = packages.inventory(Optional.empty());
        return this;
    }

    /** Each package as {@code name@version scope place}, with a star behind those that the project itself asks for. */
    public List<String> packages() {
        return inventory.components().stream().map(ManifestTree::written).toList();
    }

    private static String written(Component component) {
        var places = component.places().stream()
                .map(each -> each.path() + ":" + each.line())
                .toList();
        return "%s %s %s%s"
                .formatted(
                        name(component.purl()),
                        component.scope().name().toLowerCase(java.util.Locale.ROOT),
                        String.join(" ", places),
                        component.direct() ? " *" : "");
    }

    /** Each package as its package URL. */
    public List<String> purls() {
        return inventory.components().stream()
                .map(each -> each.purl().toString())
                .toList();
    }

    /** Each package as {@code name@version}. */
    public List<String> names() {
        return inventory.components().stream().map(each -> name(each.purl())).toList();
    }

    /** Who asks for whom, as {@code name@version > name@version}. */
    public List<String> dependencies() {
        return inventory.dependencies().entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(on -> name(each.getKey()) + " > " + name(on)))
                .sorted()
                .toList();
    }

    public Inventory inventory() {
        return inventory;
    }

    private static String name(PackageUrl purl) {
        return purl.displayName() + "@" + purl.version();
    }
}
