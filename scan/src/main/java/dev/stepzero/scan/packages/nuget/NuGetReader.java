package dev.stepzero.scan.packages.nuget;

import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads what tells the packages of .NET projects: {@code packages.lock.json}, {@code obj/project.assets.json} (what
 * restoring found), {@code *.deps.json} (what a program was built with), {@code packages.config}, and where a project has
 * none of these, the project files with the versions that they and {@code Directory.Packages.props} write.
 */
public final class NuGetReader implements ManifestReader {
    @Override
    public void read(TreeFiles files, Inventory.Collector packages, Intake intake) throws InterruptedException {
        var resolved = new HashSet<String>();
        // Restoring and building leave what they found in directories that are usually ignored.
        var made = files.leftOut(NuGetReader::isProject).stream().filter(NuGetReader::isMade);
        for (var file : (Iterable<TreeFile>) Stream.concat(files.all().stream(), made)::iterator) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (readResolved(file, packages, intake)) {
                resolved.add(project(file));
            }
        }
        new ProjectFiles(files, intake).addTo(packages, file -> isResolved(file, resolved, intake));
    }

    private static boolean isProject(TreeFile file) {
        return file.name().endsWith("proj")
                || file.name().endsWith(".sln")
                || file.name().endsWith(".slnx");
    }

    private static boolean isMade(TreeFile file) {
        var name = file.name().toLowerCase(Locale.ROOT);
        return name.equals("project.assets.json") || name.endsWith(".deps.json");
    }

    /** Reads a file that tells exactly what a project gets; false where it is none. */
    private static boolean readResolved(TreeFile file, Inventory.Collector packages, Intake intake) {
        var text = new ManifestText(file, intake);
        var name = file.name().toLowerCase(Locale.ROOT);
        if (name.equals("packages.lock.json")) {
            return text.yaml()
                    .map(root -> new NuGetLock(file.path(), root).addTo(packages))
                    .isPresent();
        }
        if (name.equals("project.assets.json")) {
            return text.yaml()
                    .map(root -> Libraries.ofRestore(file.path(), root).addTo(packages))
                    .isPresent();
        }
        if (name.endsWith(".deps.json")) {
            text.yaml().ifPresent(root -> Libraries.ofBuild(file.path(), root).addTo(packages));
        } else if (name.equals("packages.config") || (name.startsWith("packages.") && name.endsWith(".config"))) {
            text.xml().ifPresent(root -> PackagesConfig.add(file.path(), root, packages));
        }
        return false;
    }

    /** The directory of the project that a file belongs to. */
    private static String project(TreeFile file) {
        var directory = file.directory();
        if (directory.equals("obj")) {
            return "";
        }
        return directory.endsWith("/obj") ? directory.substring(0, directory.length() - "/obj".length()) : directory;
    }

    private static boolean isResolved(TreeFile file, Set<String> resolved, Intake intake) {
        boolean is = resolved.contains(file.directory());
        if (is) {
            intake.skipped(file.path(), "what was restored for the project says more exactly what it gets");
        }
        return is;
    }
}
