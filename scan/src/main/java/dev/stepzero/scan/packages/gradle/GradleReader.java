package dev.stepzero.scan.packages.gradle;

import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads what Gradle writes down itself. Lockfiles tell all that was resolved. Where a build has none, its verification
 * metadata, its version catalog and the versions that stand in its build files are taken, which tell less exactly.
 */
public final class GradleReader implements ManifestReader {
    @Override
    public void read(TreeFiles files, Inventory.Collector packages, Intake intake) throws InterruptedException {
        var builds = files.all().stream().filter(GradleReader::isBuild).toList();
        var written = new BuildFiles(builds, intake);
        for (var file : files.all()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (isLockfile(file)) {
                new Lockfile(file, written.names(), packages, intake).read();
            }
        }
        var locked = files.all().stream()
                .filter(GradleReader::isLockfile)
                .map(GradleReader::project)
                .toList();
        Predicate<TreeFile> unlocked = file -> isUnlocked(file, locked, intake);
        files.all().stream()
                .filter(GradleReader::isMetadata)
                .filter(unlocked)
                .forEach(file -> new VerificationMetadata(file, packages, intake).read());
        files.all().stream()
                .filter(GradleReader::isCatalog)
                .filter(unlocked)
                .forEach(file -> new VersionCatalog(file, packages, intake).read());
        written.addTo(packages, file -> locked.contains(file.directory()));
    }

    private static boolean isLockfile(TreeFile file) {
        return file.name().endsWith("gradle.lockfile")
                || (file.name().endsWith(".lockfile") && file.path().contains("gradle/dependency-locks/"));
    }

    private static boolean isMetadata(TreeFile file) {
        return file.name().equals("verification-metadata.xml") && isIn("gradle", file);
    }

    private static boolean isCatalog(TreeFile file) {
        return file.name().endsWith(".versions.toml");
    }

    private static boolean isBuild(TreeFile file) {
        return file.name().endsWith(".gradle") || file.name().endsWith(".gradle.kts");
    }

    private static boolean isIn(String directory, TreeFile file) {
        return file.directory().equals(directory) || file.directory().endsWith("/" + directory);
    }

    /** The directory of the project that a file belongs to. */
    private static String project(TreeFile file) {
        var directory = file.directory();
        for (var part : List.of("dependency-locks", "gradle")) {
            if (directory.equals(part)) {
                return "";
            }
            if (directory.endsWith("/" + part)) {
                directory = directory.substring(0, directory.length() - part.length() - 1);
            }
        }
        return directory;
    }

    private static boolean isUnlocked(TreeFile file, List<String> locked, Intake intake) {
        var project = project(file);
        boolean below = locked.stream()
                .anyMatch(each -> project.isEmpty() || each.equals(project) || each.startsWith(project + "/"));
        if (below) {
            intake.skipped(file.path(), "the lockfiles of the build say more exactly what it gets");
        }
        return !below;
    }
}
