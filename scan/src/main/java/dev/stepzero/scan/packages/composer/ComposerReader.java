package dev.stepzero.scan.packages.composer;

import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.Optional;

/** Reads {@code composer.lock}; where there is none, {@code composer.json} names packages without their versions. */
public final class ComposerReader implements ManifestReader {
    @Override
    public void read(TreeFiles files, Inventory.Collector packages, Intake intake) throws InterruptedException {
        for (var file : files.all()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (file.name().equals("composer.lock")) {
                var manifest = files.at(beside(file, "composer.json")).flatMap(each -> manifest(each, intake));
                new ManifestText(file, intake)
                        .yaml()
                        .ifPresent(root -> new ComposerLock(file.path(), root, manifest).addTo(packages));
            } else if (file.name().equals("composer.json")
                    && files.at(beside(file, "composer.lock")).isEmpty()) {
                manifest(file, intake).ifPresent(manifest -> manifest.addTo(packages, intake));
            }
        }
    }

    private static String beside(TreeFile file, String name) {
        return file.directory().isEmpty() ? name : file.directory() + "/" + name;
    }

    private static Optional<ComposerManifest> manifest(TreeFile file, Intake intake) {
        return new ManifestText(file, intake).yaml().map(root -> ComposerManifest.of(file.path(), root));
    }
}
