package dev.stepzero.scan.packages.python;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.document.LockGraph;
import dev.stepzero.scan.packages.document.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lockfiles that are lists of packages in TOML: {@code poetry.lock}, {@code pdm.lock}, {@code uv.lock} and
 * {@code pylock.toml}. They differ in how they say who asks for a package and what it is there for.
 */
final class TomlLock {
    private final PyProject project;
    private final LockGraph graph = new LockGraph();
    private final Map<String, List<String>> idsByName = new HashMap<>();

    private TomlLock(PyProject project) {
        this.project = project;
    }

    /** @param project what stands beside the lockfile */
    static LockGraph read(Node root, PyProject project) {
        var lock = new TomlLock(project);
        var packages = root.at("package").isList() ? root.at("package") : root.at("packages");
        packages.items().forEach(lock::add);
        packages.items().forEach(lock::connect);
        project.scopes()
                .forEach((name, scope) ->
                        lock.idsByName.getOrDefault(name, List.of()).forEach(id -> lock.graph.root(id, scope)));
        return lock.graph;
    }

    private void add(Node entry) {
        var name = entry.at("name").text();
        if (name.isEmpty() || isOwn(entry)) {
            return;
        }
        var version = entry.at("version").text();
        var id = id(name, version);
        graph.add(id, Requirement.purl(name, version, source(entry)), entry.line());
        idsByName
                .computeIfAbsent(Requirement.normal(name), each -> new ArrayList<>())
                .add(id);
        scope(id, entry);
    }

    private static String id(String name, String version) {
        return Requirement.normal(name) + "@" + version;
    }

    /** Whether it is the project itself or another part of its workspace. */
    static boolean isOwn(Node entry) {
        var source = entry.at("source");
        return source.at("editable").exists()
                || source.at("virtual").exists()
                || (entry.at("directory").exists() && !entry.at("version").exists());
    }

    private static String source(Node entry) {
        var source = entry.at("source");
        if (source.at("type").text().equals("git")) {
            return "git+" + source.at("url").text() + "@"
                    + source.at("resolved_reference").text();
        }
        var vcs = entry.at("vcs");
        if (vcs.exists()) {
            return vcs.at("type").text() + "+" + vcs.at("url").text() + "@"
                    + vcs.at("commit-id").text();
        }
        var git = source.at("git").text().isEmpty()
                ? entry.at("git").text()
                : source.at("git").text();
        return git.isEmpty() ? "" : "git+" + git;
    }

    /** What the file itself says: a category in Poetry 1, groups in Poetry 2 and PDM. */
    private void scope(String id, Node entry) {
        var groups = entry.at("groups").items().stream().map(Node::text).toList();
        boolean main = groups.contains("main") || groups.contains("default");
        if (entry.at("category").text().equals("dev") || (!groups.isEmpty() && !main)) {
            boolean extra = groups.stream().anyMatch(project.extras()::contains);
            graph.scope(id, extra ? Scope.OPTIONAL : Scope.DEVELOPMENT);
        } else if (entry.at("optional").isTrue()) {
            graph.scope(id, Scope.OPTIONAL);
        } else if (entry.at("category").exists() || !groups.isEmpty()) {
            graph.scope(id, Scope.RUNTIME);
        }
    }

    private void connect(Node entry) {
        if (isOwn(entry)) {
            connectProject(entry);
            return;
        }
        var id = id(entry.at("name").text(), entry.at("version").text());
        asked(entry.at("dependencies")).forEach(target -> graph.depends(id, target, false));
        entry.at("optional-dependencies")
                .entries()
                .values()
                .forEach(extra -> asked(extra).forEach(target -> graph.depends(id, target, true)));
    }

    /** In uv's lockfile the project is a package like any other, and says what it asks for. */
    private void connectProject(Node entry) {
        asked(entry.at("dependencies")).forEach(target -> graph.root(target, Scope.RUNTIME));
        entry.at("optional-dependencies")
                .entries()
                .values()
                .forEach(extra -> asked(extra).forEach(target -> graph.root(target, Scope.OPTIONAL)));
        entry.at("dev-dependencies")
                .entries()
                .values()
                .forEach(group -> asked(group).forEach(target -> graph.root(target, Scope.DEVELOPMENT)));
    }

    /** The entries that dependencies mean: a table by names, or a list of requirements or of tables with names. */
    private List<String> asked(Node dependencies) {
        var asked = new ArrayList<String>();
        dependencies.entries().keySet().forEach(name -> asked.addAll(named(name, "")));
        for (var each : dependencies.items()) {
            if (each.isObject()) {
                asked.addAll(named(each.at("name").text(), each.at("version").text()));
            } else {
                Requirement.parse(each.text())
                        .ifPresent(requirement -> asked.addAll(named(requirement.name(), requirement.version())));
            }
        }
        return asked;
    }

    /** All versions of a name where the file does not say which one is meant. */
    private List<String> named(String name, String version) {
        var id = id(name, version);
        return !version.isEmpty() && graph.has(id)
                ? List.of(id)
                : idsByName.getOrDefault(Requirement.normal(name), List.of());
    }
}
