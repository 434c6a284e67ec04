package dev.stepzero.scan.iac;

import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.resource.Resources;
import dev.stepzero.rules.Judge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Comments in files of values. They accept what is found because of the value that they stand at: what is found no more
 * once that value cannot be told.
 */
final class ValueSuppressions {
    /** Each trial evaluates a configuration anew; comments beyond so many are only tried together, by their rule. */
    private static final int MOST_TRIALS = 50;

    private final Suppressions suppressions;
    private final Judge judge;

    ValueSuppressions(Suppressions suppressions, Judge judge) {
        this.suppressions = suppressions;
        this.judge = judge;
    }

    /** The report with the findings set apart that comments at values accept. */
    ScanReport accept(Configuration configuration, ScanReport report) throws InterruptedException {
        var comments = suppressions.in(configuration.given()::standIn);
        if (comments.isEmpty()) {
            return report;
        }
        var found = new ArrayList<>(report.findings());
        found.addAll(report.suppressed());
        var accepted = new Trials(configuration.given(), found).accepted(comments);
        var open = new ArrayList<Finding>();
        var suppressed = new ArrayList<>(report.suppressed());
        for (var finding : report.findings()) {
            (accepted.contains(finding) ? suppressed : open).add(finding);
        }
        return new ScanReport(open, suppressed, report.undecided(), report.coverage());
    }

    /** Judges one configuration again and again, each time without other values. */
    private final class Trials {
        private final GivenValues given;
        private final List<Finding> found;
        private final Map<String, Set<String>> before;
        private final Set<Finding> gone = new LinkedHashSet<>();
        private final Set<Finding> accepted = new LinkedHashSet<>();
        private int left = MOST_TRIALS;

        Trials(GivenValues given, List<Finding> found) {
            this.given = given;
            this.found = found;
            this.before = fingerprints(found);
        }

        Set<Finding> accepted(List<Suppression> comments) throws InterruptedException {
            for (var comment : comments) {
                if (left > 0 && found.stream().anyMatch(finding -> Suppressions.names(comment, finding))) {
                    tryWithout(List.of(comment));
                }
            }
            // A list may be bad for the sake of two values, and be as bad without one of them.
            left = MOST_TRIALS;
            for (var rule : new TreeSet<>(found.stream().map(Finding::rule).toList())) {
                var together = naming(rule, comments);
                if (together.size() > 1) {
                    tryWithout(together);
                }
            }
            return accepted;
        }

        /** The comments that name all there is of a rule, where something of it is there for no single value's sake. */
        private List<Suppression> naming(String rule, List<Suppression> comments) {
            var open = found.stream()
                    .filter(finding -> finding.rule().equals(rule) && !gone.contains(finding))
                    .toList();
            return open.isEmpty()
                    ? List.of()
                    : comments.stream()
                            .filter(comment -> Suppressions.names(comment, open.getFirst()))
                            .toList();
        }

        private void tryWithout(List<Suppression> comments) throws InterruptedException {
            if (left-- <= 0) {
                return;
            }
            var after = fingerprints(judged(given.without(
                    value -> comments.stream().anyMatch(comment -> Suppressions.coversValue(comment, value)))));
            for (var finding : found) {
                var place = place(finding);
                var still = after.getOrDefault(place, Set.of());
                // What is found for another value in the same place may well be the same finding.
                if (!still.contains(finding.fingerprint())
                        && before.getOrDefault(place, Set.of()).containsAll(still)) {
                    use(comments, finding);
                }
            }
        }

        private void use(List<Suppression> comments, Finding finding) {
            for (var comment : comments) {
                if (Suppressions.names(comment, finding)) {
                    gone.add(finding);
                    if (suppressions.use(comment)) {
                        accepted.add(finding);
                    }
                }
            }
        }

        private List<Finding> judged(Resources resources) {
            return judge.judge(resources).findings();
        }
    }

    private static Map<String, Set<String>> fingerprints(List<Finding> findings) {
        var places = new HashMap<String, Set<String>>();
        for (var finding : findings) {
            places.computeIfAbsent(place(finding), place -> new LinkedHashSet<>())
                    .add(finding.fingerprint());
        }
        return places;
    }

    /** A rule's look at one block, whichever of its instances it is: their keys may be what a value gives. */
    private static String place(Finding finding) {
        return finding.rule() + " " + finding.location().resource().replaceAll("\\[(\"[^\"]*\"|[^\\]]*)]", "") + " "
                + finding.location().file().orElse("") + ":"
                + finding.location().startLine();
    }
}
