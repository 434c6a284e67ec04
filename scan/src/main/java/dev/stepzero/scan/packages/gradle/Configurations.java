package dev.stepzero.scan.packages.gradle;

import dev.stepzero.scan.packages.Component.Scope;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the configurations of Gradle are there for, by the names that its plugins give them. */
final class Configurations {
    /** Parts of the names of configurations that only the build itself uses. */
    private static final List<String> TOOLS = List.of(
            "test",
            "annotationprocessor",
            "checkstyle",
            "pmd",
            "spotbugs",
            "jacoco",
            "kapt",
            "ksp",
            "ktlint",
            "detekt",
            "errorprone",
            "kotlincompiler",
            "kotlinbuildtools",
            "kotlinnativecompiler",
            "jmh",
            "developmentonly",
            "lint");

    private Configurations() {}

    /** The weightiest scope of several configurations; one with an unknown name may run in production. */
    static Scope scope(String[] configurations) {
        return Arrays.stream(configurations)
                .map(Configurations::scope)
                .min(Comparator.naturalOrder())
                .orElse(Scope.RUNTIME);
    }

    static Scope scope(String configuration) {
        var name = configuration.strip().toLowerCase(Locale.ROOT);
        if (name.equals("classpath") || TOOLS.stream().anyMatch(name::contains)) {
            return Scope.DEVELOPMENT;
        }
        return name.endsWith("compileonly") || name.startsWith("provided") || name.endsWith("compileclasspath")
                ? Scope.PROVIDED
                : Scope.RUNTIME;
    }
}
