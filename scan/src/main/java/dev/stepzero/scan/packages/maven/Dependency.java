package dev.stepzero.scan.packages.maven;

import dev.stepzero.scan.packages.Component.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A dependency as a POM writes it; a part that is not written is empty.
 *
 * @param optional {@code true}, {@code false} or empty, which differ when it is managed
 * @param place where it is written, or the parent that it comes from where that lies outside the tree
 */
record Dependency(
        String group,
        String artifact,
        String version,
        String type,
        String classifier,
        String scope,
        String optional,
        List<Exclusion> exclusions,
        Place place) {
    /** What is left out below a dependency; either part may be {@code *}. */
    record Exclusion(String group, String artifact) {
        boolean matches(Dependency dependency) {
            return matches(group, dependency.group) && matches(artifact, dependency.artifact);
        }

        private static boolean matches(String pattern, String text) {
            return pattern.equals("*") || pattern.equals(text);
        }
    }

    /** What two dependencies have in common of which a POM can have only one. */
    record Key(String group, String artifact, String type, String classifier) {}

    Dependency {
        type = type.isEmpty() ? "jar" : type;
        exclusions = List.copyOf(exclusions);
    }

    /** By which a POM's dependencies are managed and inherited. */
    Key managementKey() {
        return new Key(group, artifact, type, classifier);
    }

    Coordinates coordinates() {
        return new Coordinates(group, artifact, version);
    }

    boolean isOptional() {
        return optional.equals("true");
    }

    /** Whether it stands for the managed dependencies of another POM. */
    boolean isImport() {
        return scope.equals("import") && type.equals("pom");
    }

    private boolean isLiteral() {
        return Stream.of(group, artifact, version, type, classifier, scope, optional)
                        .noneMatch(Dependency::hasExpression)
                && exclusions.stream().noneMatch(each -> hasExpression(each.group()) || hasExpression(each.artifact()));
    }

    private static boolean hasExpression(String text) {
        return text.contains("${");
    }

    /** The same with every text in it replaced. */
    Dependency filled(UnaryOperator<String> filling) {
        if (isLiteral()) {
            return this;
        }
        var left = exclusions.stream()
                .map(each -> new Exclusion(filling.apply(each.group()), filling.apply(each.artifact())))
                .toList();
        return new Dependency(
                filling.apply(group),
                filling.apply(artifact),
                filling.apply(version),
                filling.apply(type),
                filling.apply(classifier),
                filling.apply(scope),
                filling.apply(optional),
                left,
                place);
    }

    /** What a POM's own management adds: only what is not written, and never whether it is optional. */
    Dependency managedBy(Dependency management) {
        return new Dependency(
                group,
                artifact,
                version.isEmpty() ? management.version : version,
                type,
                classifier,
                scope.isEmpty() ? management.scope : scope,
                optional,
                exclusions.isEmpty() ? management.exclusions : exclusions,
                place);
    }

    /** What the management of a project that it is not a dependency of itself makes of it. */
    Dependency overruledBy(Dependency management) {
        var left = new ArrayList<>(exclusions);
        left.addAll(management.exclusions);
        return new Dependency(
                group,
                artifact,
                management.version.isEmpty() ? version : management.version,
                type,
                classifier,
                management.scope.isEmpty() ? scope : management.scope,
                management.optional.isEmpty() ? optional : management.optional,
                left,
                place);
    }

    /** The same of another artifact or version. */
    Dependency as(Coordinates other) {
        return new Dependency(
                other.group(), other.artifact(), other.version(), type, classifier, scope, optional, exclusions, place);
    }

    Dependency at(Place other) {
        return new Dependency(group, artifact, version, type, classifier, scope, optional, exclusions, other);
    }
}
