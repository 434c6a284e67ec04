package dev.stepzero.govern.gate;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Verdict;
import dev.stepzero.core.Verdict.Decision;
import dev.stepzero.core.Waiver;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides whether a change may go on. A waiver takes the findings that it covers out of the decision up to and
 * including its last day; after that it blocks as long as one of them is there, so that nobody forgets what was put
 * off.
 */
public final class Gate {
    private static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::severity)
            .reversed()
            .thenComparing(Finding::priority)
            .thenComparing(Finding::rule)
            .thenComparing(finding -> finding.location().resource());

    private final GatePolicy policy;
    private final Clock clock;

    /**
     * A gate.
     *
     * @param clock says which day it is, in its own time zone
     */
    public Gate(GatePolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Judges what was found. Waivers that are of no use are remarked upon among the verdict's reasons, but change
     * nothing about its decision.
     */
    public Verdict judge(List<Finding> findings, List<Waiver> waivers) {
        var known = new Waivers(waivers, LocalDate.now(clock));
        var open = new ArrayList<Finding>();
        var waived = new ArrayList<Finding>();
        for (var finding : findings) {
            (known.accepting(finding).isPresent() ? waived : open).add(finding);
        }
        var worstFirst = open.parallelStream().sorted(WORST_FIRST).toList();
        waived.sort(WORST_FIRST);

        var overdue = known.endedOn(worstFirst, true);
        var reasons = new Reasons(policy);
        reasons.blocking(worstFirst);
        reasons.overdue(overdue);
        reasons.warning(worstFirst);
        reasons.idle(known.validWithout(waived));
        reasons.outlived(known.endedOn(worstFirst, false));
        return new Verdict(decision(worstFirst, overdue), reasons.sentences(), worstFirst, waived);
    }

    private Decision decision(List<Finding> open, List<Acceptance> overdue) {
        if (!overdue.isEmpty()) {
            return Decision.BLOCK;
        }
        return open.stream().map(policy::weigh).max(Comparator.naturalOrder()).orElse(Decision.PASS);
    }
}
