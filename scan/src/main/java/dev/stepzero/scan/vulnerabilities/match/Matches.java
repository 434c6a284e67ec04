package dev.stepzero.scan.vulnerabilities.match;

import dev.stepzero.scan.packages.Component;
import java.util.List;
import java.util.Set;

/**
 * What the advisories say of an inventory.
 *
 * @param vulnerable in the order of the components, the worst vulnerability of each first
 * @param unjudged packages, or questions about them, that stay open
 * @param ecosystems OSV's names, without releases, of the ecosystems that the packages belong to
 */
public record Matches(List<Vulnerable> vulnerable, List<Unjudged> unjudged, Set<String> ecosystems) {
    public Matches {
        vulnerable = List.copyOf(vulnerable);
        unjudged = List.copyOf(unjudged);
        ecosystems = Set.copyOf(ecosystems);
    }

    /**
     * A package of which it is not known whether it is vulnerable.
     *
     * @param reason a clause
     */
    public record Unjudged(Component component, String reason) {}
}
