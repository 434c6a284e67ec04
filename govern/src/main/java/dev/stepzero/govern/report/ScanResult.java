package dev.stepzero.govern.report;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Undecided;
import dev.stepzero.core.Verdict.Decision;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A scan with its judgement, as every report tells it.
 *
 * @param subject what was scanned, as people call it
 * @param findings all findings, the worst first
 * @param reasons why the decision is what it is, one sentence each
 * @param milliseconds how long it took
 * @param sources for excerpts
 * @param prefix the directory of what was scanned, relative to the repository's root; empty, or ending with a slash
 */
public record ScanResult(
        String subject,
        List<Judged> findings,
        List<Undecided> undecided,
        Coverage coverage,
        Decision decision,
        List<String> reasons,
        long milliseconds,
        SourceLines sources,
        RuleTexts rules,
        String prefix) {
    private static final Comparator<Finding> WORST_FIRST = Comparator.comparing(
                    Finding::severity, Comparator.reverseOrder())
            .thenComparing(Finding::priority)
            .thenComparing(Finding.BY_PLACE);

    public ScanResult {
        findings = findings.parallelStream()
                .sorted(Comparator.comparing(Judged::finding, WORST_FIRST))
                .toList();
        undecided = List.copyOf(undecided);
        reasons = List.copyOf(reasons);
    }

    /** The open findings of a severity. */
    public int open(Severity severity) {
        return count(each -> each.isOpen() && each.finding().severity() == severity ? 1 : 0);
    }

    /** All open findings. */
    public int open() {
        return count(Status.OPEN);
    }

    public int count(Status status) {
        return count(each -> each.status() == status ? 1 : 0);
    }

    private int count(ToIntFunction<Judged> one) {
        var sum = 0;
        for (var each : findings) {
            sum += one.applyAsInt(each);
        }
        return sum;
    }
}
