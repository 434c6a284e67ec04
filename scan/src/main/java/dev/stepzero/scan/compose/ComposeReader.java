package dev.stepzero.scan.compose;

import dev.stepzero.core.resource.Resources;
import dev.stepzero.scan.iac.Configuration;
import dev.stepzero.scan.iac.ResourceReader;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Docker Compose files, by their names or by what is in them. A file is one configuration; an override file counts
 * as Compose merges it, on top of the file that it overrides.
 */
public final class ComposeReader implements ResourceReader {
    @Override
    public List<Configuration> read(TreeFiles files, Intake intake) {
        Map<String, List<ComposeFile>> byDirectory = new LinkedHashMap<>();
        for (var file : files.all()) {
            if (mayBe(file)) {
                ComposeFile.of(file, intake)
                        .ifPresent(read -> byDirectory
                                .computeIfAbsent(file.directory(), directory -> new ArrayList<>())
                                .add(read));
            }
        }
        var configurations = new ArrayList<Configuration>();
        byDirectory.forEach((directory, read) -> configurations.addAll(directory(directory, read, files, intake)));
        return configurations;
    }

    private static boolean mayBe(TreeFile file) {
        var path = file.path();
        return (path.endsWith(".yaml") || path.endsWith(".yml")) && !path.contains(".github/");
    }

    private static List<Configuration> directory(
            String directory, List<ComposeFile> written, TreeFiles files, Intake intake) {
        var filling = new Interpolation(EnvFile.beside(directory, files, intake));
        var extension = new Extension(files, filling, intake);
        var read = written.stream().map(file -> file.filled(filling)).toList();
        var base = read.stream().filter(ComposeFile::isBase).findFirst();
        var override = read.stream().filter(ComposeFile::isOverride).findFirst();
        var configurations = new ArrayList<Configuration>();
        for (var file : read) {
            var under = base.filter(other -> !other.path().equals(file.path()));
            boolean overridden = under.isEmpty() && base.isPresent() && override.isPresent();
            if (file.isOverride() && base.isPresent()) {
                continue;
            }
            var project = overridden ? new Project(override.get(), base, true) : new Project(file, under, false);
            var resources = new Resources(project.resources(extension));
            configurations.add(new Configuration(file.path(), resources));
        }
        return configurations;
    }
}
