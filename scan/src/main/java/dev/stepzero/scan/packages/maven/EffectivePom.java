package dev.stepzero.scan.packages.maven;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A POM with all that it inherits and imports, and with everything filled in that can be.
 *
 * @param dependencies with what the management says of them
 * @param managed the first of several with the same key holds
 * @param missing the POMs that it inherits from or imports and that are not at hand
 */
record EffectivePom(
        Coordinates coordinates,
        List<Dependency> dependencies,
        Map<Dependency.Key, Dependency> managed,
        Optional<Coordinates> relocation,
        Set<String> missing) {
    EffectivePom {
        managed = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(managed));
    }

    EffectivePom withoutManagement() {
        return new EffectivePom(coordinates, dependencies, Map.of(), relocation, missing);
    }

    /** Where the artifact went. */
    Optional<Coordinates> relocated() {
        return relocation.map(each -> new Coordinates(
                either(each.group(), coordinates.group()),
                either(each.artifact(), coordinates.artifact()),
                either(each.version(), coordinates.version())));
    }

    private static String either(String text, String other) {
        return text.isEmpty() ? other : text;
    }
}
