package dev.stepzero.ship.steps;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The predicate of {@link dev.stepzero.guard.evidence.PredicateType#SCAN}: what scanners found in a subject. The worst
 * findings are named; how many there were of each severity is said of all.
 *
 * @param omitted how many findings are counted and not named
 * @param settled how many were found and accepted beside the code, or by a statement that they do not matter
 * @param failure why the scan did not come to its end; left out where it did
 */
record ScanResult(
        List<String> scanners,
        String startedOn,
        String finishedOn,
        Map<String, Integer> counts,
        List<Finding> findings,
        int omitted,
        int settled,
        Covered coverage,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String failure) {
    private static final int MOST = 1_000;

    /**
     * What the scan looked at.
     *
     * @param notJudged what was left out and why; of much, the first
     * @param undecided how many rules could not be decided
     * @param notes such as how old the advisories were
     */
    record Covered(
            int files,
            int parsed,
            int resources,
            int undecided,
            List<Coverage.Skipped> notJudged,
            int notJudgedInAll,
            List<String> notes) {

        static Covered of(ScanReport report) {
            var coverage = report.coverage();
            return new Covered(
                    coverage.files(),
                    coverage.parsed(),
                    coverage.resources(),
                    report.undecided().size(),
                    coverage.skipped().stream().limit(MOST).toList(),
                    coverage.skipped().size(),
                    coverage.notes());
        }
    }

    /** The findings, the worst first, and the report that they come from. */
    static ScanResult of(
            List<String> scanners,
            Instant started,
            Instant ended,
            List<Finding> findings,
            ScanReport report,
            String failure) {
        var counts = new TreeMap<String, Integer>();
        Counts.of(findings).forEach((severity, number) -> counts.put(severity.label(), number));
        return new ScanResult(
                scanners,
                started.toString(),
                ended.toString(),
                counts,
                findings.stream().limit(MOST).toList(),
                Math.max(0, findings.size() - MOST),
                report.suppressed().size(),
                Covered.of(report),
                failure);
    }
}
