package dev.stepzero.ship.debian;

import dev.stepzero.core.UserError;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Finds the packages that a request needs: like apt, it takes the newest version of everything and, where alternatives
 * would do, the first that is already there, else the first that exists. The same index gives the same answer.
 */
final class Resolver {
    private final PackageIndex index;
    private final Request request;
    private final Map<String, BinaryPackage> chosen = new TreeMap<>();
    private final Queue<BinaryPackage> open = new ArrayDeque<>();

    Resolver(PackageIndex index, Request request) {
        this.index = index;
        this.request = request;
    }

    List<LockedPackage> resolve() {
        for (var wanted : request.wanted()) {
            var name = wanted.endsWith("*") ? index.newestNumbered(wanted).orElse(wanted) : wanted;
            choose(index.find(name)
                    .orElseThrow(() -> UserError.unreadable("the Debian archive has no package '" + wanted + "'")
                            .fix("check the name, and the components in apt's sources")));
        }
        while (!open.isEmpty()) {
            var next = open.remove();
            next.dependencies().forEach(alternatives -> satisfy(next, alternatives));
        }
        return chosen.values().stream().map(BinaryPackage::locked).toList();
    }

    private void satisfy(BinaryPackage dependent, List<Dependency> alternatives) {
        var leftOut =
                alternatives.stream().anyMatch(alternative -> request.without().containsKey(alternative.name()));
        if (leftOut || alternatives.stream().anyMatch(this::isThere)) {
            return;
        }
        choose(alternatives.stream()
                .flatMap(alternative -> index.candidate(alternative).stream())
                .findFirst()
                .orElseThrow(() -> UserError.unreadable("the Debian archive has nothing for what package "
                                + dependent.name() + " depends on: "
                                + alternatives.stream().map(Dependency::name).toList())
                        .fix("wait until the mirror is complete, or use another one")));
    }

    private boolean isThere(Dependency dependency) {
        return chosen.values().stream().anyMatch(there -> there.meets(dependency));
    }

    private void choose(BinaryPackage found) {
        if (!request.leavesOut(found.name()) && chosen.putIfAbsent(found.name(), found) == null) {
            open.add(found);
        }
    }
}
