package dev.stepzero.scan.compose;

import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Documents;
import dev.stepzero.scan.manifest.Look;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.yaml.Dialect;
import java.util.Optional;

/** A Compose file as it is written. */
record ComposeFile(TreeFile file, Value.Mapping root) {
    /** Reads a file; empty when it is no Compose file. */
    static Optional<ComposeFile> of(TreeFile file, Intake intake) {
        boolean named = isNamed(file.name());
        try {
            var text = file.text();
            if (!text.startsWith("services:") && !text.contains("\nservices:") && !named) {
                return Optional.empty();
            }
            var documents = Documents.of(file, text, Dialect.YAML_1_2);
            var root = documents.all().isEmpty()
                    ? Value.Mapping.EMPTY
                    : Look.mapping(documents.all().getFirst().root().value());
            if (!named && !describesServices(root)) {
                return Optional.empty();
            }
            documents.report(intake);
            if (root.entries().isEmpty()) {
                return Optional.empty();
            }
            intake.parsed(file.path());
            return Optional.of(new ComposeFile(file, root));
        } catch (TreeFile.UnreadableFile e) {
            if (named) {
                intake.unreadable(file.path(), String.valueOf(e.getMessage()));
            }
            return Optional.empty();
        }
    }

    private static boolean isNamed(String name) {
        return name.startsWith("docker-compose") || name.startsWith("compose.") || name.startsWith("compose-");
    }

    /** Others have services at the top too: a Symfony application, a Kubernetes custom resource. */
    private static boolean describesServices(Value.Mapping root) {
        if (root.entries().containsKey("apiVersion")) {
            return false;
        }
        for (var service : Look.mapping(root, "services").entries().values()) {
            var attributes = Look.mapping(service.value()).entries();
            if (attributes.containsKey("image") || attributes.containsKey("build")) {
                return true;
            }
        }
        return false;
    }

    String path() {
        return file.path();
    }

    ComposeFile filled(Interpolation filling) {
        return new ComposeFile(file, filling.fill(root));
    }

    /** Whether it is what {@code docker compose up} takes when it is told nothing. */
    boolean isBase() {
        return switch (file.name()) {
            case "compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml" -> true;
            default -> false;
        };
    }

    /** Whether {@code docker compose up} puts it on top of the base without being told. */
    boolean isOverride() {
        return switch (file.name()) {
            case "compose.override.yaml",
                    "compose.override.yml",
                    "docker-compose.override.yaml",
                    "docker-compose.override.yml" -> true;
            default -> false;
        };
    }

    Value.Mapping services() {
        return Look.mapping(root, "services");
    }
}
