package dev.stepzero.server.projects;

import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.RegisteredProject;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a form says about a project; each field may be missing.
 *
 * @param environments their names, separated by commas
 * @param failOn a severity in small letters, or empty
 * @param foreignInProcesses {@code yes}, or nothing
 */
record ProjectForm(
        @Nullable String cloneUrl,
        @Nullable String provider,
        @Nullable String protectedBranch,
        @Nullable String environments,
        @Nullable String directory,
        @Nullable String failOn,
        @Nullable String foreignInProcesses) {

    /** Where the repository is; for one in Stepzero itself that follows from the project's name. */
    String address(String project) {
        return forge().equals(RegisteredProject.OWN) ? RegisteredProject.ownAddress(project) : said(cloneUrl);
    }

    String forge() {
        return said(provider);
    }

    String branch() {
        return said(protectedBranch);
    }

    List<String> places() {
        return Arrays.stream(said(environments).split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** The settings. @throws UserError if they cannot be such */
    ProjectSettings settings() {
        return new ProjectSettings(
                said(directory), severity(), said(foreignInProcesses).equals("yes"));
    }

    private Optional<Severity> severity() {
        var asked = said(failOn);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Severity.labelled(asked)
                .orElseThrow(() -> UserError.usage("there is no severity '%.20s'".formatted(asked))
                        .fix("choose one of the list")));
    }

    private static String said(@Nullable String field) {
        return Objects.requireNonNullElse(field, "").strip();
    }
}
