package dev.stepzero.scan.packages.document;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a lockfile holds, under the names that it gives to its entries. Where it does not say itself what a package is
 * there for, that follows from who asks for it.
 */
public final class LockGraph {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, List<Edge>> edges = new HashMap<>();
    private final Map<String, Scope> roots = new LinkedHashMap<>();
    private final Map<String, Scope> said = new HashMap<>();

    private record Entry(PackageUrl purl, int line) {}

    private record Edge(String to, boolean optional) {}

    /** Takes an entry under the lockfile's own name for it; the first of several with the same name holds. */
    public void add(String id, PackageUrl purl, int line) {
        entries.putIfAbsent(id, new Entry(purl, line));
    }

    public boolean has(String id) {
        return entries.containsKey(id);
    }

    /** What the lockfile itself says of an entry. */
    public void scope(String id, Scope scope) {
        said.merge(id, scope, LockGraph::weightier);
    }

    /** One entry asks for another. */
    public void depends(String id, String on, boolean optional) {
        edges.computeIfAbsent(id, each -> new ArrayList<>()).add(new Edge(on, optional));
    }

    /** The project itself asks for an entry. */
    public void root(String id, Scope scope) {
        roots.merge(id, scope, LockGraph::weightier);
    }

    /** Adds all entries as they stand in the file of a path. */
    public void addTo(String path, Inventory.Collector packages) {
        var reached = reached();
        entries.forEach((id, entry) -> {
            var scope = said.getOrDefault(id, reached.getOrDefault(id, Scope.RUNTIME));
            packages.add(Component.of(entry.purl(), scope, roots.containsKey(id), Place.of(path, entry.line())));
        });
        edges.forEach((id, all) -> {
            var from = entries.get(id);
            for (var edge : all) {
                var to = entries.get(edge.to());
                if (from != null && to != null) {
                    packages.depends(from.purl(), to.purl());
                }
            }
        });
    }

    /** The weightiest scope that a path from the project gives; each entry can get weightier only a few times. */
    private Map<String, Scope> reached() {
        var reached = new HashMap<>(roots);
        var open = new ArrayDeque<>(roots.keySet());
        while (!open.isEmpty()) {
            var id = open.remove();
            var scope = reached.getOrDefault(id, Scope.RUNTIME);
            for (var edge : edges.getOrDefault(id, List.of())) {
                var handed = edge.optional() && scope == Scope.RUNTIME ? Scope.OPTIONAL : scope;
                var before = reached.get(edge.to());
                if (before == null || handed.compareTo(before) < 0) {
                    reached.put(edge.to(), handed);
                    open.add(edge.to());
                }
            }
        }
        return reached;
    }

    private static Scope weightier(Scope one, Scope other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
