package dev.stepzero.scan.packages.maven;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All that decides over a POM and does not stand in it.
 *
 * @param properties those of the command line, as {@code .mvn/maven.config} gives them
 * @param profiles the profiles that it asks for; with a {@code !} before those that it turns off
 * @param machine where Maven would run
 * @param files whether the tree has a file
 */
record Circumstances(Map<String, String> properties, Set<String> profiles, Machine machine, Predicate<String> files) {
    /** What holds for the POMs of a repository: whoever built them had another command line. */
    static Circumstances elsewhere(Machine machine) {
        return new Circumstances(Map.of(), Set.of(), machine, path -> false);
    }

    boolean activate(Pom.Profile profile, String directory, boolean inTree) {
        if (deactivate(profile)) {
            return false;
        }
        var conditions = profile.activation().conditions();
        return profiles.contains(profile.id())
                || (!conditions.isEmpty() && conditions.stream().allMatch(each -> holds(each, directory, inTree)));
    }

    boolean deactivate(Pom.Profile profile) {
        return profiles.contains("!" + profile.id()) || profiles.contains("-" + profile.id());
    }

    private boolean holds(Activation.Condition condition, String directory, boolean inTree) {
        return switch (condition) {
            case Activation.Condition.Java java -> machine.matches(java);
            case Activation.Condition.OperatingSystem system -> machine.matches(system);
            case Activation.Condition.Property property -> holds(property);
            case Activation.Condition.File file ->
                inTree
                        && TreePath.of(directory, file.path().replaceAll("\\$\\{(project\\.)?basedir\\}/?", ""))
                                .map(path -> files.test(path) == file.there())
                                .orElse(false);
        };
    }

    private boolean holds(Activation.Condition.Property property) {
        if (property.name().startsWith("!")) {
            return !properties.containsKey(property.name().substring(1));
        }
        var value = properties.get(property.name());
        if (property.text().startsWith("!")) {
            return !property.text().substring(1).equals(value);
        }
        return value != null && (property.text().isEmpty() || property.text().equals(value));
    }
}
