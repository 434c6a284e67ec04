package dev.stepzero.govern.gate;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Verdict.Decision;
import java.util.Set;

/**
 * What a finding does to a change.
 *
 * @param failOn the mildest severity that blocks
 * @param warnOn the mildest severity that warns; where it is graver than {@code failOn}, whatever would block warns
 * @param baseline fingerprints of findings that were there before the project came under the gate: they warn, but
 *     never block
 */
public record GatePolicy(Severity failOn, Severity warnOn, Set<String> baseline) {
    /** Blocks on high, warns on medium, knows no baseline. */
    public static final GatePolicy DEFAULT = of(Severity.HIGH, Severity.MEDIUM);

    public GatePolicy {
        baseline = Set.copyOf(baseline);
    }

    public static GatePolicy of(Severity failOn, Severity warnOn) {
        return new GatePolicy(failOn, warnOn, Set.of());
    }

    /** The same policy for a project whose old findings are known. */
    public GatePolicy withBaseline(Set<String> fingerprints) {
        return new GatePolicy(failOn, warnOn, fingerprints);
    }

    boolean knows(Finding finding) {
        return baseline.contains(finding.fingerprint());
    }

    Decision weigh(Finding finding) {
        var grave = finding.severity().atLeast(failOn);
        if (grave && !knows(finding)) {
            return Decision.BLOCK;
        }
        return grave || finding.severity().atLeast(warnOn) ? Decision.WARN : Decision.PASS;
    }
}
