package dev.stepzero.scan.packages.npm;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.LockGraph;
import dev.stepzero.scan.packages.document.Node;
import java.util.Map;
import java.util.Optional;

/** The lockfile of npm up to its version 6 ({@code lockfileVersion} 1): entries lie in each other as they are installed. */
final class NestedLock {
    private final LockGraph graph = new LockGraph();
    private final Map<String, Requests> requests;

    /** Where entries are looked for: in this level, then in those above. */
    private record Level(String path, Map<String, Node> entries, Optional<Level> above) {
        Optional<String> found(String name) {
            for (var level = Optional.of(this);
                    level.isPresent();
                    level = level.get().above()) {
                if (level.get().entries().containsKey(name)) {
                    return Optional.of(level.get().path() + "/" + name);
                }
            }
            return Optional.empty();
        }
    }

    private NestedLock(Map<String, Requests> requests) {
        this.requests = requests;
    }

    static LockGraph read(Node root, String directory, Projects projects) {
        projects.lock(directory);
        var lock = new NestedLock(
                projects.in(directory).map(each -> Requests.of(each.root())).orElse(Map.of()));
        lock.level(new Level("", root.at("dependencies").entries(), Optional.empty()));
        return lock.graph;
    }

    private void level(Level level) {
        level.entries().forEach((name, entry) -> entry(level, name, entry));
    }

    private void entry(Level level, String name, Node entry) {
        var id = level.path() + "/" + name;
        purl(name, entry.at("version").text()).ifPresent(purl -> graph.add(id, purl, entry.line()));
        graph.scope(id, scope(entry));
        if (level.above().isEmpty() && requests.containsKey(name)) {
            graph.root(id, requests.get(name).scope());
        }
        var inside = new Level(id, entry.at("dependencies").entries(), Optional.of(level));
        for (var asked : Requests.names(entry, "requires")) {
            inside.found(asked).ifPresent(target -> graph.depends(id, target, false));
        }
        level(inside);
    }

    private static Optional<PackageUrl> purl(String name, String version) {
        if (!version.startsWith("npm:")) {
            return NpmPackage.of(name, version);
        }
        var target = version.substring("npm:".length());
        return NpmPackage.of(NpmPackage.nameOf(target), NpmPackage.versionOf(target));
    }

    private static Scope scope(Node entry) {
        if (entry.at("dev").isTrue()) {
            return Scope.DEVELOPMENT;
        }
        return entry.at("optional").isTrue() ? Scope.OPTIONAL : Scope.RUNTIME;
    }
}
