package dev.stepzero.govern.triage;

import dev.stepzero.core.Severity;
import dev.stepzero.govern.baseline.Baseline;
import dev.stepzero.govern.gate.WrittenWaiver;
import java.util.List;

/**
 * On which terms a scan is judged.
 *
 * @param mildest what is milder is left out
 * @param failOn the mildest severity that blocks
 * @param warnOn the mildest severity that warns
 * @param failUndecided whether what could not be decided counts as a finding
 * @param accountable those waivers that are findings if they cover nothing, for all that they may be about was scanned
 * @param waivers all waivers
 */
public record Terms(
        Severity mildest,
        Severity failOn,
        Severity warnOn,
        boolean failUndecided,
        List<WrittenWaiver> accountable,
        List<WrittenWaiver> waivers,
        Baseline baseline) {
    public Terms {
        accountable = List.copyOf(accountable);
        waivers = List.copyOf(waivers);
    }

    /** Everything is shown, high blocks, medium warns. */
    public static Terms usual() {
        return new Terms(Severity.LOW, Severity.HIGH, Severity.MEDIUM, false, List.of(), List.of(), Baseline.NONE);
    }

    /** With waivers, each of which must cover something. */
    public Terms with(List<WrittenWaiver> others) {
        return new Terms(mildest, failOn, warnOn, failUndecided, others, others, baseline);
    }

    public Terms with(Baseline other) {
        return new Terms(mildest, failOn, warnOn, failUndecided, accountable, waivers, other);
    }

    /** Leaves out what is milder; the rest blocks. */
    public Terms from(Severity severity) {
        return new Terms(severity, severity, severity, failUndecided, accountable, waivers, baseline);
    }

    /** What could not be decided blocks where it would block if it failed. */
    public Terms failingUndecided() {
        return new Terms(mildest, failOn, warnOn, true, accountable, waivers, baseline);
    }
}
