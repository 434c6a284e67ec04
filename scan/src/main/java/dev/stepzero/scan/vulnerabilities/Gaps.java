package dev.stepzero.scan.vulnerabilities;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Coverage.Skipped;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.vulnerabilities.database.Catalogue;
import dev.stepzero.scan.vulnerabilities.match.Matches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What was not judged, and why, so that silence is not taken for safety. */
final class Gaps {
    private static final int MOST_NAMED = 5;

    private static final String WITHOUT_DATABASE =
            "no vulnerability database is there; import one: stepzero db import PATH, or " + command("Maven");

    private final Catalogue catalogue;

    Gaps(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The same words for every subject, so that a run which looks at several says it once. */
    static Coverage withoutDatabase() {
        return new Coverage(0, 0, 0, List.of(new Skipped("packages", WITHOUT_DATABASE)));
    }

    private static String command(String ecosystem) {
        return "stepzero db import https://osv-vulnerabilities.storage.googleapis.com/%s/all.zip"
                .formatted(ecosystem.replace(" ", "%20"));
    }

    List<Skipped> of(Matches matches) {
        var skipped = new ArrayList<Skipped>();
        matches.ecosystems().stream()
                .sorted()
                .filter(ecosystem -> catalogue.feeds().stream()
                        .noneMatch(feed -> feed.ecosystems().containsKey(ecosystem)))
                .forEach(ecosystem -> skipped.add(new Skipped(
                        "packages",
                        "the database has no advisories of %s, so its packages were not judged; import them: %s"
                                .formatted(ecosystem, command(ecosystem)))));
        var grouped = new LinkedHashMap<Skipped, List<Component>>();
        for (var each : matches.unjudged()) {
            var place = each.component().places().getFirst().path();
            grouped.computeIfAbsent(new Skipped(place, each.reason()), key -> new ArrayList<>())
                    .add(each.component());
        }
        grouped.forEach((key, components) ->
                skipped.add(new Skipped(key.path(), "%s: %s".formatted(names(components), key.reason()))));
        return skipped;
    }

    private static String names(List<Component> components) {
        var named = components.stream()
                .limit(MOST_NAMED)
                .map(component ->
                        (component.purl().displayName() + " " + component.purl().version()).strip())
                .toList();
        int more = components.size() - named.size();
        return String.join(", ", named) + (more > 0 ? " and %d more".formatted(more) : "");
    }
}
