package dev.stepzero.scan.packages.maven;

import java.util.Set;

/** What a dependency's type stands for: the ending of a file, and perhaps a classifier. */
final class ArtifactType {
    private static final Set<String> FAT = Set.of("war", "ear", "rar");

    private ArtifactType() {}

    /** By which artifacts take each other's place: all but the version. */
    record Key(String group, String artifact, String extension, String classifier) {}

    static Key key(Dependency dependency) {
        return new Key(dependency.group(), dependency.artifact(), extension(dependency), classifier(dependency));
    }

    private static String extension(Dependency dependency) {
        return switch (dependency.type()) {
            case "test-jar", "maven-plugin", "ejb", "ejb-client", "java-source", "javadoc" -> "jar";
            default -> dependency.type();
        };
    }

    private static String classifier(Dependency dependency) {
        if (!dependency.classifier().isEmpty()) {
            return dependency.classifier();
        }
        return switch (dependency.type()) {
            case "test-jar" -> "tests";
            case "ejb-client" -> "client";
            case "java-source" -> "sources";
            case "javadoc" -> "javadoc";
            default -> "";
        };
    }

    /** Whether the file holds what it depends on, so that nobody follows its dependencies. */
    static boolean holdsItsDependencies(Dependency dependency) {
        return FAT.contains(dependency.type());
    }
}
