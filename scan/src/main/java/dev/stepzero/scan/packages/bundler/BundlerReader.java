package dev.stepzero.scan.packages.bundler;

import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.Map;

/** Reads Bundler's lockfiles. Groups stand only in the {@code Gemfile}, which is a program; all gems count as running. */
public final class BundlerReader implements ManifestReader {
    private static final Map<String, String> LOCKS = Map.of("Gemfile", "Gemfile.lock", "gems.rb", "gems.locked");

    @Override
    public void read(TreeFiles files, Inventory.Collector packages, Intake intake) throws InterruptedException {
        for (var file : files.all()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (LOCKS.containsValue(file.name())) {
                new ManifestText(file, intake)
                        .lines()
                        .ifPresent(lines ->
                                new GemLock(file.path(), intake).read(lines).addTo(packages));
            } else if (LOCKS.containsKey(file.name()) && files.at(lock(file)).isEmpty()) {
                intake.skipped(file.path(), "there is no lockfile: the gems that are installed are not known");
            }
        }
    }

    private static String lock(TreeFile file) {
        var name = LOCKS.getOrDefault(file.name(), "");
        return file.directory().isEmpty() ? name : file.directory() + "/" + name;
    }
}
