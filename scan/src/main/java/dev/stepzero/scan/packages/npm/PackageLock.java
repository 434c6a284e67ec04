package dev.stepzero.scan.packages.npm;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.document.LockGraph;
import dev.stepzero.scan.packages.document.Node;
import java.util.Map;
import java.util.Optional;

/**
 * The lockfile of npm since its version 7 ({@code lockfileVersion} 2 and 3): every entry is named by the path that it is
 * installed under. See <a href="https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json">its description</a>.
 */
final class PackageLock {
    private static final String MODULES = "node_modules/";
    private static final int DEEPEST = 200;

    private final Map<String, Node> installed;
    private final Workspaces workspaces;
    private final LockGraph graph = new LockGraph();

    private PackageLock(Map<String, Node> installed) {
        this.installed = installed;
        this.workspaces = Workspaces.of(installed.getOrDefault("", Node.NONE));
    }

    static LockGraph read(Node root, String directory, Projects projects) {
        var lock = new PackageLock(root.at("packages").entries());
        lock.read(directory, projects);
        return lock.graph;
    }

    private void read(String directory, Projects projects) {
        installed.forEach((path, entry) -> {
            if (isOwn(path)) {
                projects.lock(Projects.resolved(directory, path));
                Requests.of(entry)
                        .forEach((name, request) ->
                                found(path, name).ifPresent(target -> graph.root(target, request.scope())));
            } else if (!entry.at("link").isTrue()) {
                entry(path, entry);
            }
        });
    }

    /** Whether it is the code of the project itself or of one of its workspaces. */
    private boolean isOwn(String path) {
        return path.isEmpty() || (!path.contains(MODULES) && workspaces.contains(path));
    }

    private void entry(String path, Node entry) {
        var name = entry.at("name").text();
        if (name.isEmpty()) {
            int modules = path.lastIndexOf(MODULES);
            name = modules < 0 ? path.substring(path.lastIndexOf('/') + 1) : path.substring(modules + MODULES.length());
        }
        var purl = NpmPackage.from(
                name, entry.at("version").text(), entry.at("resolved").text());
        purl.ifPresent(each -> graph.add(path, each, entry.line()));
        graph.scope(path, scope(entry));
        for (var asked : Requests.names(entry, "dependencies", "peerDependencies")) {
            found(path, asked).ifPresent(target -> graph.depends(path, target, false));
        }
        for (var asked : Requests.names(entry, "optionalDependencies")) {
            found(path, asked).ifPresent(target -> graph.depends(path, target, true));
        }
    }

    private static Scope scope(Node entry) {
        if (entry.at("dev").isTrue()) {
            return Scope.DEVELOPMENT;
        }
        boolean optional =
                entry.at("optional").isTrue() || entry.at("devOptional").isTrue();
        return optional ? Scope.OPTIONAL : Scope.RUNTIME;
    }

    /** What Node.js would load from a path: it looks in the directory itself, then in those above. */
    private Optional<String> found(String path, String name) {
        var directory = path;
        for (int i = 0; i < DEEPEST; i++) {
            var candidate = directory.isEmpty() ? MODULES + name : directory + "/" + MODULES + name;
            var entry = installed.get(candidate);
            if (entry != null) {
                return Optional.of(
                        entry.at("link").isTrue() ? entry.at("resolved").text() : candidate);
            }
            if (directory.isEmpty()) {
                break;
            }
            int modules = directory.lastIndexOf("/" + MODULES);
            directory = modules < 0 ? "" : directory.substring(0, modules);
        }
        return Optional.empty();
    }
}
