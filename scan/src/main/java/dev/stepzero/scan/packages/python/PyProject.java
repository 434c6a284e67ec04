package dev.stepzero.scan.packages.python;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.document.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a {@code pyproject.toml} or a {@code Pipfile} asks for. */
final class PyProject {
    private final List<Asked> asked = new ArrayList<>();
    private final Set<String> extras = new HashSet<>();

    /** A dependency of the project itself. */
    record Asked(Requirement requirement, Scope scope, int line) {}

    private PyProject() {}

    /** Reads what <a href="https://peps.python.org/pep-0621/">PEP 621</a>, PEP 735 and Poetry have for it. */
    static PyProject of(Node root) {
        var project = new PyProject();
        project.list(root.at("project").at("dependencies"), Scope.RUNTIME);
        root.at("project").at("optional-dependencies").entries().forEach((name, group) -> {
            project.extras.add(name);
            project.list(group, Scope.OPTIONAL);
        });
        root.at("dependency-groups").entries().values().forEach(group -> project.list(group, Scope.DEVELOPMENT));
        root.at("tool")
                .at("pdm")
                .at("dev-dependencies")
                .entries()
                .values()
                .forEach(group -> project.list(group, Scope.DEVELOPMENT));
        project.list(root.at("tool").at("uv").at("dev-dependencies"), Scope.DEVELOPMENT);
        var poetry = root.at("tool").at("poetry");
        project.table(poetry.at("dependencies"), Scope.RUNTIME);
        project.table(poetry.at("dev-dependencies"), Scope.DEVELOPMENT);
        poetry.at("group")
                .entries()
                .forEach((name, group) -> project.table(
                        group.at("dependencies"), name.equals("main") ? Scope.RUNTIME : Scope.DEVELOPMENT));
        return project;
    }

    static PyProject ofPipfile(Node root) {
        var project = new PyProject();
        project.table(root.at("packages"), Scope.RUNTIME);
        project.table(root.at("dev-packages"), Scope.DEVELOPMENT);
        return project;
    }

    private void list(Node requirements, Scope scope) {
        for (var each : requirements.items()) {
            Requirement.parse(each.text())
                    .ifPresent(requirement -> asked.add(new Asked(requirement, scope, each.line())));
        }
    }

    /** Poetry's tables: a version without an operator is that version alone. */
    private void table(Node table, Scope scope) {
        table.entries().forEach((name, value) -> {
            var version = (value.isText() ? value : value.at("version")).text();
            var weight = value.at("optional").isTrue() && scope == Scope.RUNTIME ? Scope.OPTIONAL : scope;
            boolean bare = version.matches("[0-9][^,<>=!~^*\\s|]*");
            if (!name.equals("python")) {
                Requirement.parse(bare ? name + "==" + version : name + version)
                        .or(() -> Requirement.parse(name))
                        .ifPresent(requirement -> asked.add(new Asked(requirement, weight, value.line())));
            }
        });
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The scopes of what it asks for, by the normal names; the weightiest where a name stands twice. */
    Map<String, Scope> scopes() {
        var scopes = new HashMap<String, Scope>();
        asked.forEach(each -> scopes.merge(
                Requirement.normal(each.requirement().name()),
                each.scope(),
                (one, other) -> one.compareTo(other) <= 0 ? one : other));
        return scopes;
    }

    /** The groups of dependencies that its users may choose. */
    Set<String> extras() {
        return Set.copyOf(extras);
    }
}
