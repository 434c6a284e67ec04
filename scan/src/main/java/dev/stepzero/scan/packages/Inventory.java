package dev.stepzero.scan.packages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All packages of a subject. Components are in the order of their package URLs, so that the same subject always gives the
 * same inventory.
 *
 * @param distribution what an image or a host is made of; empty for a source tree
 * @param components each package and version once
 * @param dependencies which packages each package asks for, where the source tells; may hold cycles, and names only
 *     packages that are among the components
 */
public record Inventory(
        Optional<Distribution> distribution,
        List<Component> components,
        Map<PackageUrl, Set<PackageUrl>> dependencies) {
    public static final Inventory EMPTY = new Inventory(Optional.empty(), List.of(), Map.of());

    public Inventory {
        components = List.copyOf(components);
        dependencies = Map.copyOf(dependencies);
    }

    /** Collects what readers find; not safe for use by several threads. */
    public static final class Collector {
        private final Map<PackageUrl, Component> components = new TreeMap<>();
        private final Map<PackageUrl, Set<PackageUrl>> dependencies = new LinkedHashMap<>();

        public void add(Component component) {
            components.merge(component.purl(), component, Component::and);
        }

        /** Notes that one package asks for another. */
        public void depends(PackageUrl dependent, PackageUrl dependency) {
            dependencies.computeIfAbsent(dependent, each -> new TreeSet<>()).add(dependency);
        }

        /** What was collected; a dependency on a package that nobody found is left out. */
        public Inventory inventory(Optional<Distribution> distribution) {
            var known = new TreeMap<PackageUrl, Set<PackageUrl>>();
            dependencies.forEach((dependent, all) -> {
                var found = new TreeSet<>(all);
                found.retainAll(components.keySet());
                if (components.containsKey(dependent) && !found.isEmpty()) {
                    known.put(dependent, found);
                }
            });
            return new Inventory(distribution, new ArrayList<>(components.values()), known);
        }
    }
}
