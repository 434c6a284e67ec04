package dev.stepzero.ship.steps;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.project.BuildPlan;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Packages the application in a copy of the sources of its own: no test can touch what is shipped. */
public final class PackageStep implements Step {
    static final String NAME = "package";

    private static final Pattern COMPANIONS =
            Pattern.compile("(?:original-.*|.*-(?:sources|javadoc|tests|plain)\\.jar)");

    private final BuildPlan plan;
    private final ProjectCommands commands;

    public PackageStep(BuildPlan plan, ProjectCommands commands) {
        this.plan = plan;
        this.commands = commands;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Stage stage() {
        return Stage.BUILD;
    }

    @Override
    public Set<Slot<?>> needs() {
        return Set.of(Handover.SOURCES, Handover.TOOLCHAIN, Handover.DEPENDENCIES);
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.ARTIFACT);
    }

    @Override
    public boolean stillHolds(StepContext context) {
        return Files.exists(Path.of(context.get(Handover.ARTIFACT).path()));
    }

    @Override
    public void run(StepContext context) throws IOException, InterruptedException {
        var finished = commands.run(ProjectCommands.Request.of(NAME, plan.build()), context);
        if (finished.exitCode() != 0) {
            throw UserError.blocked("packaging ended with exit code " + finished.exitCode())
                    .fix("see the output above; all of it: stepzero runs %d --output package"
                            .formatted(context.run().id()));
        }
        var artifact = artifact(finished.workspace());
        var libraries = finished.workspace().resolve(plan.libraries());
        var hasLibraries = !plan.libraries().isEmpty() && Files.isDirectory(libraries);
        context.give(
                Handover.ARTIFACT,
                new Handover.Artifact(artifact.toString(), hasLibraries ? libraries.toString() : ""));
        context.summary(finished.workspace().relativize(artifact).toString()
                + (hasLibraries
                        ? ", "
                                + Plural.of(DirectoryTree.count(libraries), "library")
                                        .replace("librarys", "libraries")
                        : ""));
    }

    private Path artifact(Path workspace) throws IOException {
        var found = matching(workspace);
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw (found.isEmpty()
                        ? UserError.blocked("the build left nothing that matches '%s'".formatted(plan.artifact()))
                        : UserError.blocked("several files match '%s': %s"
                                .formatted(
                                        plan.artifact(),
                                        found.stream()
                                                .map(workspace::relativize)
                                                .toList())))
                .fix("name the one to ship in stepzero.yaml: build: { artifact: ... }");
    }

    private List<Path> matching(Path workspace) throws IOException {
        if (plan.artifact().equals(".")) {
            return List.of(workspace);
        }
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + plan.artifact());
        try (var files = Files.walk(workspace)) {
            return files.filter(file -> matcher.matches(workspace.relativize(file)))
                    .filter(file -> !COMPANIONS
                            .matcher(String.valueOf(file.getFileName()))
                            .matches())
                    .filter(file -> !Files.isSymbolicLink(file))
                    .sorted()
                    .toList();
        }
    }
}
