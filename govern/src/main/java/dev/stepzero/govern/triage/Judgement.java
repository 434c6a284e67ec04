package dev.stepzero.govern.triage;

import dev.stepzero.core.Undecided;
import dev.stepzero.core.Verdict.Decision;
import dev.stepzero.core.Waiver;
import dev.stepzero.govern.gate.Gate;
import dev.stepzero.govern.gate.GatePolicy;
import dev.stepzero.govern.report.Judged;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What follows from the findings that count. */
final class Judgement {
    private final Terms terms;
    private final Gate gate;

    Judgement(Terms terms, Clock clock) {
        this.terms = terms;
        gate = new Gate(GatePolicy.of(terms.failOn(), terms.warnOn()), clock);
    }

    Triage of(List<Judged> findings, List<Undecided> undecided, List<Waiver> overdue) {
        var counting =
                findings.stream().filter(Judged::isOpen).map(Judged::finding).toList();
        var verdict = gate.judge(counting, List.of());
        var decision = verdict.decision();
        var reasons = new ArrayList<>(verdict.reasons());
        if (!overdue.isEmpty()) {
            decision = Decision.BLOCK;
            reasons.add("a waiver that has ended blocks as long as its finding is there");
        }
        var heavy = undecided.stream()
                .filter(each -> each.severity().atLeast(terms.failOn()))
                .count();
        if (terms.failUndecided() && heavy > 0) {
            decision = Decision.BLOCK;
            reasons.add("%d undecided of severity %s or worse, which count as failed"
                    .formatted(heavy, terms.failOn().label()));
        }
        return new Triage(findings, undecided, decision, reasons);
    }
}
