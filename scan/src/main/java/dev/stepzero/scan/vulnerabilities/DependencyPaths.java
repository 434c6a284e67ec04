package dev.stepzero.scan.vulnerabilities;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the packages that a subject asks for bring along the others. */
final class DependencyPaths {
    private final Map<PackageUrl, PackageUrl> broughtBy = new HashMap<>();

    /** Walks once, in breadth, from the direct dependencies; cycles end where they come back. */
    DependencyPaths(Inventory inventory) {
        var queue = new ArrayDeque<PackageUrl>();
        for (var component : inventory.components()) {
            if (component.direct()) {
                broughtBy.put(component.purl(), component.purl());
                queue.add(component.purl());
            }
        }
        while (!queue.isEmpty()) {
            var dependent = queue.remove();
            for (var dependency : inventory.dependencies().getOrDefault(dependent, Set.of())) {
                if (broughtBy.putIfAbsent(dependency, dependent) == null) {
                    queue.add(dependency);
                }
            }
        }
    }

    /** The shortest chain from a direct dependency to the package, both included; empty where none is known. */
    List<PackageUrl> to(Component component) {
        var chain = new ArrayList<PackageUrl>();
        var each = component.purl();
        for (var by = broughtBy.get(each); by != null; by = broughtBy.get(each)) {
            chain.add(each);
            if (by.equals(each)) {
                break;
            }
            each = by;
        }
        Collections.reverse(chain);
        return chain;
    }
}
