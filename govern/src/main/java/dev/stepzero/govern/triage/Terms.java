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
 * @param reportIdle whether a waiver that covers nothing is a finding; of use where everything was scanned that
 *     waivers may be about
 */
public record Terms(
        Severity mildest,
        Severity failOn,
        Severity warnOn,
        boolean failUndecided,
        boolean reportIdle,
        List<WrittenWaiver> waivers,
        Baseline baseline) {
    public Terms {
        waivers = List.copyOf(waivers);
    }

    /** Everything is shown, high blocks, medium warns. */
    public static Terms usual() {
        return new Terms(Severity.LOW, Severity.HIGH, Severity.MEDIUM, false, true, List.of(), Baseline.NONE);
    }

    public Terms with(List<WrittenWaiver> others) {
        return new Terms(mildest, failOn, warnOn, failUndecided, reportIdle, others, baseline);
    }

    public Terms with(Baseline other) {
        return new Terms(mildest, failOn, warnOn, failUndecided, reportIdle, waivers, other);
    }

    /** Leaves out what is milder; the rest blocks. */
    public Terms from(Severity severity) {
        return new Terms(severity, severity, severity, failUndecided, reportIdle, waivers, baseline);
    }

    /** What could not be decided blocks where it would block if it failed. */
    public Terms failingUndecided() {
        return new Terms(mildest, failOn, warnOn, true, reportIdle, waivers, baseline);
    }
}
