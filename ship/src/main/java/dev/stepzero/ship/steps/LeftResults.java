package dev.stepzero.ship.steps;

import dev.stepzero.core.Scanner;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.sarif.SarifInput;
import dev.stepzero.scan.sarif.SarifScanner;
import dev.stepzero.ship.project.Project;
import dev.stepzero.ship.sandbox.SandboxCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files in SARIF that the project's own steps left where they ran.
 *
 * @param workspaces where the steps of the run have theirs
 */
record LeftResults(List<Project.OwnStep> steps, Path workspaces) {
    LeftResults {
        steps = List.copyOf(steps);
    }

    /** What reads them. @throws UserError if a step did not leave what it should */
    Scanner scanner(Clock clock) {
        var inputs = new ArrayList<SarifInput>();
        var roots = new ArrayList<>(List.of(SandboxCommand.WORKSPACE));
        for (var step : steps) {
            var workspace = workspaces.resolve(step.name());
            roots.add(workspace.toString());
            for (var name : step.sarif()) {
                inputs.add(new SarifInput(
                        file(workspace, name).orElseThrow(() -> missing(step, name)), step.name() + ": " + name));
            }
        }
        return new SarifScanner(inputs, roots, "", clock);
    }

    /** A file of the workspace; one outside of it, to which a link may lead, is none. */
    private static Optional<Path> file(Path workspace, String name) {
        try {
            var file = workspace.resolve(name).toRealPath();
            return file.startsWith(workspace.toRealPath()) && Files.isRegularFile(file)
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static UserError missing(Project.OwnStep step, String name) {
        return UserError.blocked("step '%s' left no file '%s'".formatted(step.name(), name))
                .at(step.place())
                .fix("let its tool write SARIF to that path, relative to the repository, or correct 'sarif'");
    }
}
