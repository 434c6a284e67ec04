package dev.stepzero.ship.project;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The build tools whose projects need no configuration, in the order in which they are looked for. */
public enum BuildSystem {
    MAVEN("Maven"),
    GRADLE("Gradle"),
    NODE("Node"),
    GO("Go"),
    PYTHON("Python");

    private final String label;

    BuildSystem(String label) {
        this.label = label;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** The files that tell it, the most telling first. */
    public List<String> files() {
        return switch (this) {
            case MAVEN -> List.of("pom.xml");
            case GRADLE -> List.of("build.gradle", "build.gradle.kts");
            case NODE -> List.of("package.json");
            case GO -> List.of("go.mod");
            case PYTHON -> List.of("pyproject.toml", "requirements.txt", "setup.py");
        };
    }

    /** The first whose file lies in the project's directory. */
    public static Optional<BuildSystem> of(SourceFiles files) {
        return Arrays.stream(values())
                .filter(system -> system.files().stream().anyMatch(files::has))
                .findFirst();
    }
}
