package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Resources;
import dev.stepzero.scan.iac.Configuration;
import dev.stepzero.scan.iac.ResourceReader;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads Dockerfiles into resources of kind {@code dockerfile} (one a file), {@code dockerfile_stage} and {@code
 * dockerfile_instruction}. Each file is a configuration of its own.
 */
public final class DockerfileReader implements ResourceReader {
    private static final long MOST_BYTES = 4L << 20;
    private static final List<String> TEMPLATES =
            List.of(".j2", ".jinja", ".jinja2", ".tmpl", ".tpl", ".template", ".erb", ".in");
    private static final List<String> OTHERS =
            List.of(".dockerignore", ".md", ".orig", ".rej", ".swp", ".bak", ".sh", ".py");

    @Override
    public List<Configuration> read(TreeFiles files, Intake intake) throws InterruptedException {
        var configurations = new ArrayList<Configuration>();
        for (var file : files.all()) {
            if (isDockerfile(file.name())) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                read(file, intake, configurations);
            }
        }
        return configurations;
    }

    static boolean isDockerfile(String fileName) {
        var name = fileName.toLowerCase(Locale.ROOT);
        boolean named = name.equals("dockerfile")
                || name.equals("containerfile")
                || name.startsWith("dockerfile.")
                || name.startsWith("containerfile.")
                || name.endsWith(".dockerfile")
                || name.endsWith(".containerfile");
        return named && OTHERS.stream().noneMatch(name::endsWith);
    }

    private static void read(TreeFile file, Intake intake, List<Configuration> configurations) {
        var name = file.name().toLowerCase(Locale.ROOT);
        if (TEMPLATES.stream().anyMatch(name::endsWith)) {
            intake.skipped(file.path(), "a template of a Dockerfile: scan what is made of it");
            return;
        }
        if (file.size() > MOST_BYTES) {
            intake.unreadable(file.path(), "no Dockerfile has more than " + (MOST_BYTES >> 20) + " MB");
            return;
        }
        try {
            var lines = new Lines(file.text());
            var directives = Directives.of(lines);
            var statements = Statements.of(lines, directives.escape(), file.path(), intake);
            var resources = new DockerfileResources(file.path(), directives.escape(), intake)
                    .of(statements, directives, lines.count());
            configurations.add(new Configuration(file.path(), new Resources(resources)));
            intake.parsed(file.path());
        } catch (TreeFile.UnreadableFile e) {
            intake.unreadable(file.path(), String.valueOf(e.getMessage()));
        }
    }
}
