package dev.stepzero.ship.steps;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many findings there are of each severity, the worst first, those of which there are none included. */
final class Counts {
    private Counts() {}

    static SortedMap<Severity, Integer> of(List<Finding> findings) {
        var counts = new TreeMap<Severity, Integer>(Comparator.reverseOrder());
        for (var severity : Severity.values()) {
            counts.put(severity, 0);
        }
        findings.forEach(each -> counts.merge(each.severity(), 1, Integer::sum));
        return counts;
    }
}
