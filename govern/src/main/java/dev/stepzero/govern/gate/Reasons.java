package dev.stepzero.govern.gate;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Verdict.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Collects why a verdict is what it is: findings are counted by severity, waivers are named one by one. */
final class Reasons {
    private final GatePolicy policy;
    private final List<String> sentences = new ArrayList<>();

    Reasons(GatePolicy policy) {
        this.policy = policy;
    }

    void blocking(List<Finding> open) {
        count(open, finding -> policy.weigh(finding) == Decision.BLOCK, "blocks", "block");
    }

    void warning(List<Finding> open) {
        Predicate<Finding> warns = finding -> policy.weigh(finding) == Decision.WARN;
        count(open, warns.and(policy::knows), "that the baseline knows warns", "that the baseline knows warn");
        count(open, warns.and(finding -> !policy.knows(finding)), "warns", "warn");
    }

    void overdue(List<Acceptance> ended) {
        ended.forEach(waiver -> sentences.add(waiver.describeEnd()));
    }

    void idle(List<Acceptance> valid) {
        valid.forEach(waiver -> sentences.add(waiver.describe() + " matches no finding: remove it"));
    }

    void outlived(List<Acceptance> ended) {
        ended.forEach(waiver -> sentences.add(waiver.describeEnd() + " and nothing needs it: remove it"));
    }

    List<String> sentences() {
        return sentences;
    }

    private void count(List<Finding> open, Predicate<Finding> which, String one, String many) {
        for (var severity : List.of(Severity.values()).reversed()) {
            var counted = open.stream()
                    .filter(finding -> finding.severity() == severity)
                    .filter(which)
                    .toList();
            if (!counted.isEmpty()) {
                var rules = counted.stream().map(Finding::rule).distinct().toList();
                sentences.add("%d %s %s: %s"
                        .formatted(
                                counted.size(),
                                severity.label(),
                                counted.size() == 1 ? "finding " + one : "findings " + many,
                                String.join(", ", rules)));
            }
        }
    }
}
