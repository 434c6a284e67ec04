package dev.stepzero.ship.project;

import dev.stepzero.core.UserError;
import java.util.Optional;

/** A project's {@code stepzero.yaml} with its waivers, beside a Maven project and alone. */
public final class ProjectFuzz {
    private ProjectFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        SourceFiles files = path -> switch (path) {
            case "stepzero.yaml" -> Optional.of(input);
            case "pom.xml" -> Optional.of(new byte[0]);
            default -> Optional.empty();
        };
        try {
            new ProjectReader(files, "fuzz").read();
        } catch (UserError documented) {
            // The documented way to refuse.
        }
    }
}
