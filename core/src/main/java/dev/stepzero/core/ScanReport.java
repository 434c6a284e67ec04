package dev.stepzero.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What a scanner found, what it could not decide, and what it looked at.
 *
 * @param suppressed findings that a comment beside the code accepts, or the tool that found them
 */
public record ScanReport(
        List<Finding> findings, List<Finding> suppressed, List<Undecided> undecided, Coverage coverage) {
    public static final ScanReport EMPTY = new ScanReport(List.of(), List.of(), Coverage.NONE);

    public ScanReport {
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
        undecided = List.copyOf(undecided);
    }

    /** A report in which no comment accepts anything. */
    public ScanReport(List<Finding> findings, List<Undecided> undecided, Coverage coverage) {
        this(findings, List.of(), undecided, coverage);
    }

    /** A report of nothing but findings. */
    public static ScanReport of(List<Finding> findings) {
        return new ScanReport(findings, List.of(), Coverage.NONE);
    }

    /** Both together; what two scanners found in the same words, such as a file that cannot be read, counts once. */
    public ScanReport and(ScanReport other) {
        return new ScanReport(
                union(findings, other.findings),
                concatenation(suppressed, other.suppressed),
                concatenation(undecided, other.undecided),
                coverage.and(other.coverage));
    }

    /** Comparing many findings costs more than a whole small scan, and there is nothing to compare with no other. */
    private static List<Finding> union(List<Finding> one, List<Finding> other) {
        return one.isEmpty() || other.isEmpty()
                ? concatenation(one, other)
                : List.copyOf(new LinkedHashSet<>(concatenation(one, other)));
    }

    private static <T> List<T> concatenation(List<T> one, List<T> other) {
        var all = new ArrayList<T>(one);
        all.addAll(other);
        return all;
    }
}
