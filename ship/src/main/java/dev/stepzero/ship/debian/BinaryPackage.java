package dev.stepzero.ship.debian;

import dev.stepzero.core.Digest;
import java.util.List;

/** A package as the archive's index describes it; {@code depends} and {@code provides} are read when asked for. */
record BinaryPackage(
        String name,
        DebianVersion version,
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

    LockedPackage locked() {
        return new LockedPackage(name, version.text(), architecture, sha256, size, path);
    }
}
