package dev.stepzero.scan.vulnerabilities.match;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.vulnerabilities.database.Database;
import dev.stepzero.scan.vulnerabilities.database.Keys;
import dev.stepzero.scan.vulnerabilities.match.Matches.Unjudged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Matches inventories with the database. An image's and a source tree's go the same way, so that both give the same. */
public final class Matcher {
    private static final Comparator<Vulnerable> WORST_FIRST = Comparator.comparing(
                    (Vulnerable each) -> each.rating().severity())
            .reversed()
            .thenComparing(Vulnerable::advisory);

    private final Database database;
    private final Schemes schemes;

    public Matcher(Database database, Schemes schemes) {
        this.database = database;
        this.schemes = schemes;
    }

    /** What is vulnerable, and what could not be judged. */
    public Matches match(Inventory inventory) throws InterruptedException {
        var lookups = new Lookups(inventory.distribution());
        var vulnerable = new ArrayList<Vulnerable>();
        var unjudged = new ArrayList<Unjudged>();
        var ecosystems = new TreeSet<String>();
        for (var component : inventory.components()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (component.purl().version().isEmpty() && component.source().isEmpty()) {
                unjudged.add(new Unjudged(component, "its version is not known"));
                continue;
            }
            var questions = lookups.of(component);
            if (questions.isEmpty()) {
                unjudged.add(new Unjudged(component, unknown(component)));
                continue;
            }
            questions.forEach(each -> ecosystems.add(Keys.base(each.ecosystem())));
            vulnerable.addAll(matched(component, questions, unjudged));
        }
        return new Matches(vulnerable, unjudged, ecosystems);
    }

    private static String unknown(Component component) {
        return switch (component.purl().type()) {
            case "deb", "apk", "rpm" ->
                "its distribution's release is not known, or that distribution publishes no advisories for OSV";
            default ->
                "OSV has no advisories of packages of the type "
                        + component.purl().type();
        };
    }

    private List<Vulnerable> matched(Component component, List<Lookups.Lookup> questions, List<Unjudged> unjudged) {
        var hits = new Hits(component, database, schemes);
        for (var question : questions) {
            for (var entry : database.find(question.ecosystem(), question.name())) {
                hits.add(question, entry);
            }
        }
        hits.undecided()
                .forEach(id -> unjudged.add(new Unjudged(
                        component, "whether %s affects it is open: versions cannot be compared".formatted(id))));
        var vulnerable = hits.vulnerable();
        vulnerable.sort(WORST_FIRST);
        return vulnerable;
    }
}
