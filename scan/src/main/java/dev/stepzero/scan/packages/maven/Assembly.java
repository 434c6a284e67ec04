package dev.stepzero.scan.packages.maven;

import dev.stepzero.scan.packages.Component.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes effective POMs in the order of
 * <a href="https://maven.apache.org/ref/3.9.11/maven-model-builder/">Maven's model builder</a>: profiles, inheritance,
 * interpolation, imports, management.
 */
final class Assembly {
    /** What is kept to be used again; beyond it everything is made anew, which costs effort. */
    private static final long MOST_KEPT = 1_000_000;

    private final PomPool pool;
    private final Function<Pom, Circumstances> builds;
    private final Map<Coordinates, EffectivePom> imported = new HashMap<>();
    private final Set<Coordinates> importing = new HashSet<>();
    private final Map<String, Coordinates> inTree = new HashMap<>();
    private final IdentityHashMap<Pom, EffectivePom> followed = new IdentityHashMap<>();
    private final long mostEffort;
    private long effort;
    private long kept;

    /**
     * @param builds under which circumstances each POM is built
     * @param mostEffort how many dependencies are looked at before the rest is left alone
     */
    Assembly(PomPool pool, Function<Pom, Circumstances> builds, long mostEffort) {
        this.pool = pool;
        this.builds = builds;
        this.mostEffort = mostEffort;
    }

    /** The POM of an artifact: from the tree if that builds it, else from the local repository. */
    Optional<Pom> find(Coordinates coordinates) {
        return pool.inTree(coordinates).stream()
                .filter(pom -> coordinates(pom).equals(coordinates))
                .findFirst()
                .or(() -> pool.inRepository(coordinates));
    }

    /** What a POM of the tree is called when everything is filled in. */
    Coordinates coordinates(Pom pom) {
        return inTree.computeIfAbsent(pom.path(), path -> {
            var values = values(pom, Lineage.of(pom, pool).poms());
            return coordinates(values, new Interpolation(values));
        });
    }

    /** What an artifact that somebody depends on asks for itself; its management means nothing to others. */
    EffectivePom followed(Pom pom) {
        var known = followed.get(pom);
        if (known != null) {
            return known;
        }
        var made = effective(pom).withoutManagement();
        if (keep(made)) {
            followed.put(pom, made);
        }
        return made;
    }

    private boolean keep(EffectivePom pom) {
        kept += 1 + pom.dependencies().size() + pom.managed().size();
        return kept <= MOST_KEPT;
    }

    /** Counts work, one for each dependency looked at. */
    void spend(long work) {
        effort += work;
    }

    /** Whether so much was worked out that the rest is better left alone. */
    boolean isExhausted() {
        return effort > mostEffort;
    }

    /** A POM with everything that it inherits and imports. */
    EffectivePom effective(Pom pom) {
        var lineage = Lineage.of(pom, pool);
        var missing = new HashSet<String>();
        lineage.missing().ifPresent(missing::add);
        var inherited = inherited(lineage.poms());
        var values = values(pom, lineage.poms());
        var filling = new Interpolation(values);
        var managed = management(inherited.managed(), filling, missing);
        spend(managed.size() + inherited.dependencies().size());
        var dependencies = inherited.dependencies().stream()
                .map(each -> each.filled(filling::of))
                .map(each -> managed(each, managed))
                .toList();
        var relocation = pom.relocation()
                .map(each -> new Coordinates(
                        filling.of(each.group()), filling.of(each.artifact()), filling.of(each.version())));
        return new EffectivePom(coordinates(values, filling), dependencies, managed, relocation, missing);
    }

    private static Dependency managed(Dependency dependency, Map<Dependency.Key, Dependency> managed) {
        var management = managed.get(dependency.managementKey());
        return management == null ? dependency : dependency.managedBy(management);
    }

    /** What is managed, also by imported POMs. Written twice, the last holds where there are imports, else the first. */
    private Map<Dependency.Key, Dependency> management(
            List<Dependency> written, Interpolation filling, Set<String> missing) {
        var managed = new LinkedHashMap<Dependency.Key, Dependency>();
        var filled = written.stream().map(each -> each.filled(filling::of)).toList();
        var imports = filled.stream().filter(Dependency::isImport).toList();
        for (var each : filled) {
            if (!each.isImport() && (!imports.isEmpty() || !managed.containsKey(each.managementKey()))) {
                managed.put(each.managementKey(), each);
            }
        }
        for (var each : imports) {
            imported(each.coordinates(), missing).forEach(managed::putIfAbsent);
        }
        return managed;
    }

    private Map<Dependency.Key, Dependency> imported(Coordinates coordinates, Set<String> missing) {
        var known = imported.get(coordinates);
        if (known == null) {
            var pom = find(coordinates);
            if (pom.isEmpty() || isExhausted() || !importing.add(coordinates)) {
                missing.add(coordinates.toString());
                return Map.of();
            }
            known = effective(pom.get());
            importing.remove(coordinates);
            if (keep(known)) {
                imported.put(coordinates, known);
            }
        }
        missing.addAll(known.missing());
        return known.managed();
    }

    /** What all of them declare; a child's word holds against its parent's, and stands before it. */
    private Pom.Declarations inherited(List<Pom> lineage) {
        var dependencies = new LinkedHashMap<Dependency.Key, Dependency>();
        var managed = List.<Dependency>of();
        for (var pom : lineage.reversed()) {
            managed = managed(pom.active(builds.apply(pom)).managed(), managed);
        }
        var outside = Place.of("", 0);
        for (var pom : lineage) {
            var place = outside;
            for (var each : pom.active(builds.apply(pom)).dependencies()) {
                dependencies.putIfAbsent(each.managementKey(), pom.inTree() ? each : each.at(place));
            }
            if (pom.inTree() && pom.parent().isPresent()) {
                outside = Place.of(pom.path(), pom.parent().get().line());
            }
        }
        return new Pom.Declarations(Map.of(), List.copyOf(dependencies.values()), managed);
    }

    /** Of what a POM manages twice the last holds, but the first if nothing is inherited: so Maven happens to merge. */
    private static List<Dependency> managed(List<Dependency> own, List<Dependency> parents) {
        if (own.isEmpty() || parents.isEmpty()) {
            return own.isEmpty() ? parents : own;
        }
        var merged = new LinkedHashMap<Dependency.Key, Dependency>();
        own.forEach(each -> merged.put(each.managementKey(), each));
        parents.forEach(each -> merged.putIfAbsent(each.managementKey(), each));
        return List.copyOf(merged.values());
    }

    /** What expressions may name, in the order of their weight: the model, the properties, the model without a prefix. */
    private Map<String, String> values(Pom pom, List<Pom> lineage) {
        var model = new HashMap<String, String>();
        for (var each : lineage.reversed()) {
            put(model, "groupId", each.coordinates().group());
            put(model, "version", each.coordinates().version());
        }
        put(model, "artifactId", pom.artifact());
        put(model, "packaging", pom.packaging());
        put(model, "prerequisites.maven", pom.prerequisite());
        pom.parent().ifPresent(parent -> {
            put(model, "parent.groupId", parent.coordinates().group());
            put(model, "parent.artifactId", parent.coordinates().artifact());
            put(model, "parent.version", parent.coordinates().version());
        });
        var values = new HashMap<>(model);
        for (var each : lineage.reversed()) {
            values.putAll(each.active(builds.apply(each)).properties());
        }
        model.forEach((name, value) -> {
            values.put("project." + name, value);
            values.put("pom." + name, value);
        });
        values.putAll(builds.apply(pom).properties());
        return values;
    }

    private static void put(Map<String, String> model, String name, String value) {
        if (!value.isEmpty()) {
            model.put(name, value);
        }
    }

    private static Coordinates coordinates(Map<String, String> values, Interpolation filling) {
        return new Coordinates(
                filling.of(values.getOrDefault("project.groupId", "")),
                filling.of(values.getOrDefault("project.artifactId", "")),
                filling.of(values.getOrDefault("project.version", "")));
    }
}
