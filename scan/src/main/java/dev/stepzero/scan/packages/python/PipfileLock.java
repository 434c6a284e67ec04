package dev.stepzero.scan.packages.python;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.document.LockGraph;
import dev.stepzero.scan.packages.document.Node;
import java.util.Map;

/** The lockfile of Pipenv: packages for production, for development, and of groups of their own. */
final class PipfileLock {
    private PipfileLock() {}

    /** @param pipfile what stands beside it */
    static LockGraph read(Node root, PyProject pipfile) {
        var graph = new LockGraph();
        var direct = pipfile.scopes();
        root.entries().forEach((group, packages) -> {
            if (!group.equals("_meta")) {
                var scope = group.equals("default") ? Scope.RUNTIME : Scope.DEVELOPMENT;
                packages.entries().forEach((name, entry) -> add(group, name, entry, scope, direct, graph));
            }
        });
        return graph;
    }

    private static void add(
            String group, String name, Node entry, Scope scope, Map<String, Scope> direct, LockGraph graph) {
        var git = entry.at("git").text();
        var source = git.isEmpty() ? "" : "git+" + git + "@" + entry.at("ref").text();
        if (name.isEmpty() || (source.isEmpty() && entry.at("path").exists())) {
            return;
        }
        var id = group + "/" + name;
        graph.add(
                id, Requirement.purl(name, entry.at("version").text().replaceFirst("^===?", ""), source), entry.line());
        graph.scope(id, scope);
        if (direct.containsKey(Requirement.normal(name))) {
            graph.root(id, scope);
        }
    }
}
