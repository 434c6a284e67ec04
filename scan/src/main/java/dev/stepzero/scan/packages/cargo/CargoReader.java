package dev.stepzero.scan.packages.cargo;

import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.List;

/**
 * Reads {@code Cargo.lock}. What the packages of the tree itself ask for is direct; their {@code Cargo.toml} tells what
 * is for development only, or optional. Without a lockfile Cargo takes what is newest that day, so that versions are only
 * known where the manifest pins them.
 */
public final class CargoReader implements ManifestReader {
    @Override
    public void read(TreeFiles files, Inventory.Collector packages, Intake intake) throws InterruptedException {
        var locks = files.all().stream()
                .filter(file -> file.name().equals("Cargo.lock"))
                .toList();
        var manifests = files.all().stream()
                .filter(file -> file.name().equals("Cargo.toml"))
                .toList();
        for (var manifest : manifests) {
            if (locks.stream().noneMatch(lock -> below(lock.directory(), manifest))) {
                unlocked(manifest, packages, intake);
            }
        }
        for (var lock : locks) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var own = manifests.stream()
                    .filter(manifest -> below(lock.directory(), manifest))
                    .toList();
            read(lock, own, packages, intake);
        }
    }

    private static void read(TreeFile lock, List<TreeFile> manifests, Inventory.Collector packages, Intake intake) {
        new ManifestText(lock, intake).toml().ifPresent(root -> {
            var workspace = new CargoWorkspace();
            manifests.forEach(
                    manifest -> new ManifestText(manifest, intake).toml().ifPresent(workspace::add));
            new CargoLock(lock.path(), root, workspace).addTo(packages);
        });
    }

    private static void unlocked(TreeFile manifest, Inventory.Collector packages, Intake intake) {
        new ManifestText(manifest, intake).toml().map(CargoDependency::of).ifPresent(all -> {
            all.forEach(each -> each.addTo(packages, manifest.path()));
            if (!all.isEmpty()) {
                intake.skipped(manifest.path(), "there is no Cargo.lock: the versions that are built are not known");
            }
        });
    }

    private static boolean below(String directory, TreeFile file) {
        return directory.isEmpty()
                || file.directory().equals(directory)
                || file.directory().startsWith(directory + "/");
    }
}
