package dev.stepzero.scan.packages.composer;

import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code composer.lock}. */
public final class ComposerReader implements ManifestReader {
    @Override
    public void read(TreeFiles files, Inventory.Collector packages, Intake intake) throws InterruptedException {
        for (var file : files.all()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (file.name().equals("composer.lock")) {
                var asked = asked(files.at(beside(file, "composer.json")), intake);
                new ManifestText(file, intake)
                        .yaml()
                        .ifPresent(root -> new ComposerLock(file.path(), root, asked).addTo(packages));
            } else if (file.name().equals("composer.json")
                    && files.at(beside(file, "composer.lock")).isEmpty()
                    && !asked(Optional.of(file), intake).orElse(Set.of()).isEmpty()) {
                intake.skipped(file.path(), "there is no composer.lock: the versions that are installed are not known");
            }
        }
    }

    private static String beside(TreeFile file, String name) {
        return file.directory().isEmpty() ? name : file.directory() + "/" + name;
    }

    /** The packages that a {@code composer.json} asks for; empty where it is not there or cannot be read. */
    private static Optional<Set<String>> asked(Optional<TreeFile> manifest, Intake intake) {
        return manifest.flatMap(file -> new ManifestText(file, intake).yaml()).map(root -> {
            var names = new HashSet<String>();
            Stream.of("require", "require-dev")
                    .flatMap(kind -> root.at(kind).entries().keySet().stream())
                    .filter(ComposerLock::isPackage)
                    .map(ComposerLock::key)
                    .forEach(names::add);
            return names;
        });
    }
}
