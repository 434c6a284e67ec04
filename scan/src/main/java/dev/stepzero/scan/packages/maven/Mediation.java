package dev.stepzero.scan.packages.maven;

import dev.stepzero.scan.packages.Component.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Follows the dependencies of a project as
 * <a href="https://maven.apache.org/guides/introduction/introduction-to-dependency-mechanism.html">Maven</a> does: of an
 * artifact that several ask for, the one nearest to the project wins, of equally near ones the first; the project's
 * management holds for all that is not its own dependency.
 */
final class Mediation {
    private static final int MOST = 50_000;
    private static final int MOST_RELOCATIONS = 10;
    private static final int MOST_ROUNDS = 10;

    private final Assembly assembly;
    private final EffectivePom project;
    private final Map<ArtifactType.Key, Dependency> managed = new LinkedHashMap<>();
    private final Map<ArtifactType.Key, Chosen> chosen = new LinkedHashMap<>();
    private final Queue<Chosen> open = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();
    private final Set<String> missing = new TreeSet<>();
    private final Map<ArtifactType.Key, String> pins;
    private final Map<ArtifactType.Key, String> found = new LinkedHashMap<>();

    /**
     * An artifact that takes part.
     *
     * @param declared as whoever brought it in asks for it, with the version that it gets
     * @param depth 1 for the project's own dependencies
     * @param exclusions what is left out below it
     * @param place where the project's own dependency stands that brings it in
     * @param own whether the tree itself builds it
     */
    record Chosen(
            ArtifactType.Key key,
            Dependency declared,
            int depth,
            List<Dependency.Exclusion> exclusions,
            Place place,
            boolean own) {}

    /**
     * Somebody who asks for an artifact, be it in a version that does not win.
     *
     * @param by empty for the project itself
     * @param scopeManaged whether the project's management sets the scope, whatever the one who asks is there for
     * @param optionalManaged the same of whether it is optional
     */
    record Request(
            Optional<ArtifactType.Key> by,
            ArtifactType.Key key,
            String scope,
            boolean scopeManaged,
            boolean optional,
            boolean optionalManaged) {}

    /**
     * What a project gets.
     *
     * @param missing the POMs that are not at hand, so that what they bring in is not known
     */
    record Outcome(List<Chosen> chosen, List<Request> requests, Set<String> missing) {}

    /** @param pins the artifacts of which somebody takes one version only */
    private Mediation(Assembly assembly, EffectivePom project, Map<ArtifactType.Key, String> pins) {
        this.assembly = assembly;
        this.project = project;
        this.pins = pins;
        project.managed().values().forEach(each -> managed.putIfAbsent(ArtifactType.key(each), each));
    }

    /** Begins again with what it found pinned to one version, which goes before what is near, until nothing is new. */
    static Outcome of(EffectivePom project, Assembly assembly) throws InterruptedException {
        Map<ArtifactType.Key, String> pins = Map.of();
        for (int i = 0; true; i++) {
            var mediation = new Mediation(assembly, project, pins);
            var outcome = mediation.outcome();
            if (mediation.found.equals(pins) || i >= MOST_ROUNDS) {
                return outcome;
            }
            pins = mediation.found;
        }
    }

    private Outcome outcome() throws InterruptedException {
        missing.addAll(project.missing());
        assembly.spend(project.dependencies().size() + project.managed().size());
        for (var each : project.dependencies()) {
            ask(Optional.empty(), each, 1, List.of(), each.place());
        }
        while (!open.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            follow(open.remove());
        }
        return new Outcome(List.copyOf(chosen.values()), requests, missing);
    }

    private void follow(Chosen one) {
        if (one.declared().scope().equals("system") || ArtifactType.holdsItsDependencies(one.declared())) {
            return;
        }
        var coordinates = one.declared().coordinates();
        if (!Versions.isOne(coordinates.version())) {
            return;
        }
        var pom = assembly.find(coordinates);
        if (pom.isEmpty() || assembly.isExhausted()) {
            missing.add(coordinates.toString());
            return;
        }
        var effective = assembly.followed(pom.get());
        missing.addAll(effective.missing());
        if (!effective.missing().isEmpty() && !one.own()) {
            return;
        }
        assembly.spend((1L + one.exclusions().size()) * effective.dependencies().size());
        for (var each : effective.dependencies()) {
            if (isHandedOn(each) && one.exclusions().stream().noneMatch(excluded -> excluded.matches(each))) {
                ask(Optional.of(one.key()), managed(each), one.depth() + 1, one.exclusions(), one.place());
            }
        }
    }

    private static boolean isHandedOn(Dependency dependency) {
        return !dependency.isOptional()
                && !dependency.scope().equals("test")
                && !dependency.scope().equals("provided");
    }

    /** The project's word on what others bring in: it changes what it says, and leaves out more. */
    private Dependency managed(Dependency dependency) {
        var management = managed.get(ArtifactType.key(dependency));
        return management == null ? dependency : dependency.overruledBy(management);
    }

    private void ask(
            Optional<ArtifactType.Key> by,
            Dependency asked,
            int depth,
            List<Dependency.Exclusion> exclusions,
            Place place) {
        var dependency = Versions.exact(asked);
        if (!chosen.containsKey(ArtifactType.key(dependency))) {
            dependency = relocated(dependency);
        }
        var key = ArtifactType.key(dependency);
        requests.add(request(by, key, dependency));
        if (!asked.version().equals(dependency.version()) && Versions.isExact(asked.version())) {
            found.putIfAbsent(key, dependency.version());
        }
        if (chosen.containsKey(key)
                || chosen.size() >= MOST
                || !pins.getOrDefault(key, dependency.version()).equals(dependency.version())) {
            return;
        }
        var below = new LinkedHashSet<>(exclusions);
        below.addAll(dependency.exclusions());
        var own = assembly.find(dependency.coordinates()).map(Pom::inTree).orElse(false);
        var one = new Chosen(key, dependency, depth, List.copyOf(below), place, own);
        chosen.put(key, one);
        open.add(one);
    }

    private Request request(Optional<ArtifactType.Key> by, ArtifactType.Key key, Dependency dependency) {
        var management = by.map(each -> managed.get(key));
        return new Request(
                by,
                key,
                dependency.scope(),
                management.filter(each -> !each.scope().isEmpty()).isPresent(),
                dependency.isOptional(),
                management.filter(each -> !each.optional().isEmpty()).isPresent());
    }

    /** Where the artifact is said to have gone. */
    private Dependency relocated(Dependency dependency) {
        var current = dependency;
        for (int i = 0; i < MOST_RELOCATIONS; i++) {
            var target = assembly.find(current.coordinates())
                    .filter(pom -> pom.relocation().isPresent())
                    .flatMap(pom -> assembly.followed(pom).relocated());
            if (target.isEmpty()) {
                break;
            }
            current = current.as(target.get());
        }
        return current;
    }
}
