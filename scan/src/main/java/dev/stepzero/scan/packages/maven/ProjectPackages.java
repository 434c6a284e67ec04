package dev.stepzero.scan.packages.maven;

import dev.stepzero.core.resource.Position;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.tree.Intake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns what a project gets into components, and says what of it is not known. */
final class ProjectPackages {
    private static final int MOST_NAMED = 10;

    private final Pom pom;
    private final Mediation.Outcome outcome;
    private final Scopes scopes;
    private final Intake intake;
    private final Map<ArtifactType.Key, PackageUrl> names = new HashMap<>();
    private final List<String> open = new ArrayList<>();

    ProjectPackages(Pom pom, Mediation.Outcome outcome, Intake intake) {
        this.pom = pom;
        this.outcome = outcome;
        this.scopes = Scopes.of(outcome);
        this.intake = intake;
    }

    void addTo(Inventory.Collector packages) {
        for (var one : outcome.chosen()) {
            if (!one.own() && isNamed(one)) {
                var name = name(one);
                names.put(one.key(), name);
                packages.add(Component.of(name, scopes.of(one), one.depth() == 1, one.place()));
            }
        }
        for (var request : outcome.requests()) {
            var by = request.by().map(names::get);
            var what = names.get(request.key());
            if (by.isPresent() && what != null) {
                packages.depends(by.get(), what);
            }
        }
        tell();
    }

    private boolean isNamed(Mediation.Chosen one) {
        var dependency = one.declared();
        if (dependency.group().isEmpty() || dependency.artifact().isEmpty()) {
            if (one.depth() == 1) {
                int line = one.place().line();
                intake.problem(
                        "a dependency needs a groupId and an artifactId",
                        new Position(one.place().path(), line, 1, line));
            }
            return false;
        }
        if (dependency.group().contains("${") || dependency.artifact().contains("${")) {
            open.add(dependency.group() + ":" + dependency.artifact() + " has a name that is not known");
            return false;
        }
        return true;
    }

    private PackageUrl name(Mediation.Chosen one) {
        var dependency = one.declared();
        var version = dependency.version();
        boolean known = Versions.isOne(version);
        if (!known) {
            var name = dependency.group() + ":" + dependency.artifact();
            open.add(version.isEmpty() ? name + " has no version" : name + " has the version " + version);
        }
        return PackageUrl.of("maven", dependency.group(), dependency.artifact(), known ? version : "")
                .with(
                        "type",
                        one.key().extension().equals("jar") ? "" : one.key().extension())
                .with("classifier", one.key().classifier());
    }

    private void tell() {
        if (!outcome.missing().isEmpty()) {
            intake.skipped(
                    pom.path(),
                    "%d POMs are not in the local repository, so what they bring in is not known: %s"
                            .formatted(
                                    outcome.missing().size(),
                                    listed(outcome.missing().stream().toList())));
        }
        if (!open.isEmpty()) {
            intake.skipped(
                    pom.path(),
                    "%d dependencies are not matched, as their versions cannot be told: %s"
                            .formatted(open.size(), listed(open)));
        }
    }

    private static String listed(List<String> all) {
        var named = all.stream()
                .limit(MOST_NAMED)
                .map(each -> each.length() <= 200 ? each : each.substring(0, 200) + "...")
                .collect(Collectors.joining(", "));
        return all.size() <= MOST_NAMED ? named : named + " and " + (all.size() - MOST_NAMED) + " more";
    }
}
