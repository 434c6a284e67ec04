package dev.stepzero.scan.packages.npm;

import dev.stepzero.scan.packages.document.LockGraph;
import dev.stepzero.scan.packages.document.Node;
import java.util.Map;
import java.util.Optional;

/**
 * The text lockfile of Bun. Entries are named by the path that they are installed under, and are lists that begin with
 * {@code name@version}.
 */
final class BunLock {
    private static final int DEEPEST = 200;

    private final Map<String, Node> packages;
    private final LockGraph graph = new LockGraph();

    private BunLock(Map<String, Node> packages) {
        this.packages = packages;
    }

    static LockGraph read(Node root, String directory, Projects projects) {
        var lock = new BunLock(root.at("packages").entries());
        lock.packages.forEach(lock::add);
        lock.packages.forEach(lock::connect);
        projects.lock(directory);
        root.at("workspaces").entries().forEach((place, workspace) -> {
            projects.lock(Projects.resolved(directory, place));
            var own = workspace.at("name").text();
            Requests.of(workspace)
                    .forEach((name, request) ->
                            lock.found(own, name).ifPresent(target -> lock.graph.root(target, request.scope())));
        });
        return lock.graph;
    }

    private void add(String path, Node entry) {
        var what = entry.items().isEmpty() ? "" : entry.items().getFirst().text();
        var version = NpmPackage.versionOf(what);
        if (!version.startsWith("workspace:") && !version.startsWith("root:")) {
            NpmPackage.of(NpmPackage.nameOf(what), version).ifPresent(purl -> graph.add(path, purl, entry.line()));
        }
    }

    private void connect(String path, Node entry) {
        var details = entry.items().stream().filter(Node::isObject).findFirst().orElse(Node.NONE);
        for (var name : Requests.names(details, "dependencies", "peerDependencies")) {
            found(path, name).ifPresent(target -> graph.depends(path, target, false));
        }
        for (var name : Requests.names(details, "optionalDependencies")) {
            found(path, name).ifPresent(target -> graph.depends(path, target, true));
        }
    }

    /** What would be loaded from a path: the one below it, else below those above. */
    private Optional<String> found(String path, String name) {
        var above = path;
        for (int i = 0; i < DEEPEST && !above.isEmpty(); i++) {
            var candidate = above + "/" + name;
            if (packages.containsKey(candidate)) {
                return Optional.of(candidate);
            }
            above = above(above);
        }
        return packages.containsKey(name) ? Optional.of(name) : Optional.empty();
    }

    /** The path without its last name; a scope belongs to the name behind it. */
    private static String above(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return "";
        }
        var rest = path.substring(0, slash);
        int before = rest.lastIndexOf('/');
        return rest.startsWith("@", before + 1) ? rest.substring(0, Math.max(before, 0)) : rest;
    }
}
