package dev.stepzero.scan.packages.maven;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A POM as it is written: nothing is inherited or filled in yet.
 *
 * @param path in the tree; empty for a POM of a repository
 * @param group empty where it is the parent's
 * @param version empty where it is the parent's
 * @param prerequisite the version of Maven that it needs, which plugins name again; empty where it is not written
 * @param relocation where the artifact went, if it did; its empty parts are those of this POM
 */
record Pom(
        String path,
        Optional<Parent> parent,
        String group,
        String artifact,
        String version,
        String packaging,
        String prerequisite,
        Declarations own,
        List<Profile> profiles,
        Optional<Coordinates> relocation) {
    /**
     * The POM that this one inherits from.
     *
     * @param relativePath where it lies; empty where only a repository has it
     */
    record Parent(Coordinates coordinates, String relativePath, int line) {}

    /** What a POM and each of its profiles can declare. */
    record Declarations(Map<String, String> properties, List<Dependency> dependencies, List<Dependency> managed) {
        /** These with those of a profile on top. */
        Declarations with(Declarations profile) {
            var all = new LinkedHashMap<>(properties);
            all.putAll(profile.properties);
            return new Declarations(all, merged(dependencies, profile.dependencies), merged(managed, profile.managed));
        }

        private static List<Dependency> merged(List<Dependency> below, List<Dependency> above) {
            var merged = new LinkedHashMap<Dependency.Key, Dependency>();
            below.forEach(each -> merged.put(each.managementKey(), each));
            above.forEach(each -> merged.put(each.managementKey(), each));
            return List.copyOf(merged.values());
        }
    }

    /** Declarations that hold under a condition. */
    record Profile(String id, Activation activation, Declarations declarations) {}

    boolean inTree() {
        return !path.isEmpty();
    }

    /** The directory in the tree; empty for its root. */
    String directory() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** As they are written, with what the parent is said to be in the place of what is not. */
    Coordinates coordinates() {
        return new Coordinates(
                !group.isEmpty()
                        ? group
                        : parent.map(each -> each.coordinates().group()).orElse(""),
                artifact,
                !version.isEmpty()
                        ? version
                        : parent.map(each -> each.coordinates().version()).orElse(""));
    }

    /** What it declares together with its profiles that are active. */
    Declarations active(Circumstances circumstances) {
        var active = new ArrayList<Profile>();
        for (var profile : profiles) {
            if (circumstances.activate(profile, directory(), inTree())) {
                active.add(profile);
            }
        }
        if (active.isEmpty()) {
            profiles.stream()
                    .filter(each -> each.activation().byDefault() && !circumstances.deactivate(each))
                    .forEach(active::add);
        }
        var declarations = own;
        for (var profile : active) {
            declarations = declarations.with(profile.declarations());
        }
        return declarations;
    }
}
