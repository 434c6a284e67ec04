package dev.stepzero.scan.packages.maven;

import dev.stepzero.scan.packages.Component.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/**
 * What each artifact is there for: the project's own dependencies as it says, all others as the weightiest of those who
 * ask for them. An artifact that is asked for in a circle gets what comes into the circle from outside.
 */
final class Scopes {
    /** From the weightiest to the lightest; what else may be written counts as the first. */
    private static final List<String> WEIGHT = List.of("compile", "runtime", "provided", "test", "");

    private final Map<ArtifactType.Key, List<Mediation.Request>> askedBy = new HashMap<>();
    private final Map<ArtifactType.Key, String> scopes = new HashMap<>();
    private final Set<ArtifactType.Key> needed = new HashSet<>();

    private Scopes(Mediation.Outcome outcome) {
        var open = new ArrayDeque<ArtifactType.Key>();
        var direct = new HashSet<ArtifactType.Key>();
        for (var request : outcome.requests()) {
            if (request.by().isEmpty() && direct.add(request.key())) {
                scopes.put(request.key(), written(request.scope()));
                if (!request.optional()) {
                    needed.add(request.key());
                }
                open.add(request.key());
            } else if (request.by().isPresent()) {
                askedBy.computeIfAbsent(request.by().get(), each -> new ArrayList<>())
                        .add(request);
            }
        }
        spread(new LinkedHashSet<>(open), direct);
    }

    static Scopes of(Mediation.Outcome outcome) {
        return new Scopes(outcome);
    }

    Scope of(Mediation.Chosen one) {
        return switch (scopes.getOrDefault(one.key(), "compile")) {
            case "test" -> Scope.DEVELOPMENT;
            case "provided" -> Scope.PROVIDED;
            default -> needed.contains(one.key()) ? Scope.RUNTIME : Scope.OPTIONAL;
        };
    }

    /** Hands scopes on until none gets weightier; each can do so only a few times. */
    private void spread(SequencedSet<ArtifactType.Key> open, Set<ArtifactType.Key> direct) {
        while (!open.isEmpty()) {
            var key = open.removeFirst();
            for (var request : askedBy.getOrDefault(key, List.of())) {
                if (direct.contains(request.key())) {
                    continue;
                }
                boolean changed = heavier(request.key(), scope(request, scopes.getOrDefault(key, "")));
                if ((needed.contains(key) || request.optionalManaged()) && !request.optional()) {
                    changed |= needed.add(request.key());
                }
                if (changed) {
                    open.add(request.key());
                }
            }
        }
    }

    private boolean heavier(ArtifactType.Key key, String scope) {
        var current = scopes.getOrDefault(key, "");
        if (WEIGHT.indexOf(scope) >= WEIGHT.indexOf(current)) {
            return false;
        }
        scopes.put(key, scope);
        return true;
    }

    private static String scope(Mediation.Request request, String parent) {
        return request.scopeManaged() ? written(request.scope()) : derived(parent, request.scope());
    }

    private static String written(String scope) {
        return switch (scope) {
            case "runtime", "test", "provided" -> scope;
            case "system" -> "provided";
            default -> "compile";
        };
    }

    /** What a dependency is to the project if what asks for it has a scope itself. */
    private static String derived(String parent, String scope) {
        var child = written(scope);
        return switch (parent) {
            case "compile" -> child;
            case "test", "runtime", "provided" -> child.equals("test") ? child : parent;
            default -> child;
        };
    }
}
