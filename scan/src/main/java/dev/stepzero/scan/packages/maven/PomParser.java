package dev.stepzero.scan.packages.maven;

import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.document.Element;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the parts of a POM that decide over dependencies. */
final class PomParser {
    private static final String BESIDE = "../pom.xml";

    private final String path;

    private PomParser(String path) {
        this.path = path;
    }

    /** @param path in the tree; empty for a POM of a repository */
    static Pom parse(String path, Element project) {
        return new PomParser(path).pom(project);
    }

    private Pom pom(Element project) {
        var packaging = project.text("packaging");
        return new Pom(
                path,
                project.child("parent").map(PomParser::parent),
                project.text("groupId"),
                project.text("artifactId"),
                project.text("version"),
                packaging.isEmpty() ? "jar" : packaging,
                project.child("prerequisites").map(each -> each.text("maven")).orElse(""),
                declarations(project),
                project.in("profiles").stream().map(this::profile).toList(),
                project.child("distributionManagement")
                        .flatMap(each -> each.child("relocation"))
                        .map(PomParser::coordinates));
    }

    private static Pom.Parent parent(Element parent) {
        var relative = parent.child("relativePath").map(Element::text).orElse(BESIDE);
        return new Pom.Parent(coordinates(parent), relative, parent.line());
    }

    private static Coordinates coordinates(Element element) {
        return new Coordinates(element.text("groupId"), element.text("artifactId"), element.text("version"));
    }

    private Pom.Declarations declarations(Element element) {
        var properties = new LinkedHashMap<String, String>();
        element.in("properties").forEach(each -> properties.put(each.name(), each.text()));
        var managed =
                element.child("dependencyManagement").map(this::dependencies).orElse(List.of());
        return new Pom.Declarations(properties, unique(dependencies(element)), managed);
    }

    private List<Dependency> dependencies(Element element) {
        return element.in("dependencies").stream()
                .filter(each -> each.name().equals("dependency"))
                .map(this::dependency)
                .toList();
    }

    /** Of dependencies that are written twice Maven takes the last, in the place of the first. */
    private static List<Dependency> unique(List<Dependency> dependencies) {
        Map<Dependency.Key, Dependency> unique = new LinkedHashMap<>();
        dependencies.forEach(each -> unique.put(each.managementKey(), each));
        return List.copyOf(unique.values());
    }

    private Dependency dependency(Element element) {
        return new Dependency(
                element.text("groupId"),
                element.text("artifactId"),
                element.text("version"),
                element.text("type"),
                element.text("classifier"),
                element.text("scope"),
                element.text("optional"),
                element.in("exclusions").stream()
                        .map(each -> new Dependency.Exclusion(each.text("groupId"), each.text("artifactId")))
                        .toList(),
                Place.of(path, element.line()));
    }

    private Pom.Profile profile(Element element) {
        return new Pom.Profile(
                element.text("id"),
                element.child("activation").map(Activation::of).orElse(Activation.NEVER),
                declarations(element));
    }
}
