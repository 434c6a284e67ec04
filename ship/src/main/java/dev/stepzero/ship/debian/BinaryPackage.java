package dev.stepzero.ship.debian;

import dev.stepzero.core.Digest;
import java.util.List;

/**
 * A package as the archive's index describes it; {@code depends} and {@code provides} are read when asked for.
 *
 * @param source the field that names the source, as {@code name} or {@code name (version)}; empty if both are its own
 */
record BinaryPackage(
        String name,
        DebianVersion version,
        String source,
        String architecture,
        String preDepends,
        String depends,
        String provides,
        Digest sha256,
        long size,
        String path) {

    List<List<Dependency>> dependencies() {
        return Dependency.readAll(preDepends + "," + depends);
    }

    /** Whether this package meets the dependency by its own name or as a virtual package. */
    boolean meets(Dependency dependency) {
        if (name.equals(dependency.name())) {
            return dependency.holdsFor(version);
        }
        return provides.contains(dependency.name())
                && provided().stream()
                        .filter(virtual -> virtual.name().equals(dependency.name()))
                        .anyMatch(virtual -> dependency.relation().isEmpty()
                                || virtual.relation()
                                        .map(is -> dependency.holdsFor(is.version()))
                                        .orElse(false));
    }

    List<Dependency> provided() {
        return Dependency.readAll(provides).stream().flatMap(List::stream).toList();
    }

    /** The version of its source, which some binaries do not share (Debian Policy 5.6.1); advisories speak of that. */
    String sourceVersion() {
        var start = source.indexOf('(');
        var end = source.indexOf(')', start + 1);
        return start < 0 || end < 0
                ? version.text()
                : source.substring(start + 1, end).strip();
    }

    LockedPackage locked() {
        return new LockedPackage(name, version.text(), architecture, sha256, size, path);
    }
}
