package dev.stepzero.scan.packages.bundler;

import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.List;
import java.util.Map;

/** Reads Bundler's lockfiles, with the {@code Gemfile} to tell what is for development only. */
public final class BundlerReader implements ManifestReader {
    private static final Map<String, String> LOCKS = Map.of("Gemfile", "Gemfile.lock", "gems.rb", "gems.locked");

    @Override
    public void read(TreeFiles files, Inventory.Collector packages, Intake intake) throws InterruptedException {
        for (var file : files.all()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (LOCKS.containsValue(file.name())) {
                var gemfile = gemfile(file, files, intake);
                new ManifestText(file, intake)
                        .lines()
                        .ifPresent(lines ->
                                new GemLock(file.path(), intake).read(lines).addTo(packages, gemfile));
            } else if (LOCKS.containsKey(file.name()) && files.at(lock(file)).isEmpty()) {
                intake.skipped(file.path(), "there is no lockfile: the gems that are installed are not known");
            }
        }
    }

    private static Gemfile gemfile(TreeFile lock, TreeFiles files, Intake intake) {
        return LOCKS.entrySet().stream()
                .filter(each -> each.getValue().equals(lock.name()))
                .flatMap(each -> files.at(beside(lock, each.getKey())).stream())
                .flatMap(file -> new ManifestText(file, intake).lines().stream())
                .findFirst()
                .map(Gemfile::of)
                .orElseGet(() -> Gemfile.of(List.of()));
    }

    private static String lock(TreeFile gemfile) {
        return beside(gemfile, LOCKS.getOrDefault(gemfile.name(), ""));
    }

    private static String beside(TreeFile file, String name) {
        return file.directory().isEmpty() ? name : file.directory() + "/" + name;
    }
}
