package dev.stepzero.ship.steps;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The predicate of {@link dev.stepzero.guard.evidence.PredicateType#SCAN}: what scanners found in a subject. The worst
 * findings are named; how many there were of each severity is said of all.
 */
record ScanResult(
        List<String> scanners,
        String startedOn,
        String finishedOn,
        Map<String, Integer> counts,
        List<Finding> findings,
        int omitted) {
    private static final int MOST = 1_000;

    /** The findings, the worst first. */
    static ScanResult of(List<String> scanners, Instant started, Instant ended, List<Finding> findings) {
        var counts = new TreeMap<String, Integer>();
        for (var severity : Severity.values()) {
            counts.put(severity.name().toLowerCase(Locale.ROOT), 0);
        }
        findings.forEach(each -> counts.merge(each.severity().name().toLowerCase(Locale.ROOT), 1, Integer::sum));
        return new ScanResult(
                scanners,
                started.toString(),
                ended.toString(),
                counts,
                findings.stream().limit(MOST).toList(),
                Math.max(0, findings.size() - MOST));
    }
}
