package dev.stepzero.scan.packages.nuget;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The project files of a tree, as MSBuild reads them: with the properties and versions that {@code Directory.Build.props}
 * and {@code Directory.Packages.props} of the directories above set. Conditions are not looked at: what one of them may
 * bring in counts.
 */
final class ProjectFiles {
    private static final Set<String> KINDS = Set.of("csproj", "fsproj", "vbproj", "props", "targets");

    private final Map<TreeFile, ProjectFile> projects = new LinkedHashMap<>();
    private final Map<String, ProjectFile> byPath = new LinkedHashMap<>();
    private final Intake intake;

    ProjectFiles(TreeFiles files, Intake intake) {
        this.intake = intake;
        files.all().stream()
                .filter(ProjectFiles::isOne)
                .forEach(file -> new ManifestText(file, intake)
                        .xml()
                        .map(ProjectFile::of)
                        .ifPresent(project -> {
                            projects.put(file, project);
                            byPath.put(file.path().toLowerCase(Locale.ROOT), project);
                        }));
    }

    private static boolean isOne(TreeFile file) {
        var name = file.name().toLowerCase(Locale.ROOT);
        return KINDS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Adds the packages that projects ask for, but of those that are known more exactly. */
    void addTo(Inventory.Collector packages, Predicate<TreeFile> resolved) {
        projects.forEach((file, project) -> {
            if (!project.references().isEmpty() && !resolved.test(file)) {
                project.references().forEach(each -> add(file, project, each, packages));
                intake.skipped(file.path(), "there is no lockfile: what the packages bring in is not known");
            }
        });
    }

    private void add(
            TreeFile file, ProjectFile project, ProjectFile.Reference reference, Inventory.Collector packages) {
        var version = (reference.version().isEmpty()
                        ? above(file, "directory.packages.props").map(props -> props.version(reference.name()))
                        : Optional.of(reference.version()))
                .flatMap(text -> project.resolved(
                        text, above(file, "directory.packages.props"), above(file, "directory.build.props")))
                .flatMap(VersionRange::lowest);
        if (version.isEmpty()) {
            intake.skipped(file.path(), "the version of " + reference.name() + " is not matched, as it cannot be told");
        }
        packages.add(Component.of(
                PackageUrl.of("nuget", "", reference.name(), version.orElse("")),
                reference.development() ? Scope.DEVELOPMENT : Scope.RUNTIME,
                true,
                Place.of(file.path(), reference.line())));
    }

    /** The nearest file of a name in the directories from that of another up. */
    private Optional<ProjectFile> above(TreeFile file, String name) {
        var directory = file.directory().toLowerCase(Locale.ROOT);
        while (!directory.isEmpty()) {
            var found = byPath.get(directory + "/" + name);
            if (found != null) {
                return Optional.of(found);
            }
            directory = directory.substring(0, Math.max(0, directory.lastIndexOf('/')));
        }
        return Optional.ofNullable(byPath.get(name));
    }
}
