package dev.stepzero.ship.catalog;

import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import java.util.List;
import java.util.Optional;

/**
 * What the people of the server decide about a project, and no commit can change.
 *
 * @param directory the project's directory below the repository's root, with slashes; empty for the root itself
 * @param failOn the severity from which on the gate blocks at the latest, whatever {@code stepzero.yaml} says
 * @param foreignInProcesses whether changes from forks may run as plain processes where no container engine answers
 */
public record ProjectSettings(String directory, Optional<Severity> failOn, boolean foreignInProcesses) {
    /** Nothing was decided. */
    public static final ProjectSettings DEFAULTS = new ProjectSettings("", Optional.empty(), false);

    /** Refuses a directory that leads anywhere else with a {@link UserError}. */
    public ProjectSettings {
        var parts = List.of(directory.split("/", -1));
        if (!directory.isEmpty() && parts.stream().anyMatch(part -> part.isBlank() || part.matches("\\.{1,2}"))) {
            throw UserError.usage("'%s' is no directory below the repository's root".formatted(directory))
                    .fix("write it without slashes at its ends, such as services/shop");
        }
    }
}
