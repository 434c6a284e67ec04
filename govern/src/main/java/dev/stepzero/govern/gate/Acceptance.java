package dev.stepzero.govern.gate;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Waiver;
import java.util.Collection;

/** A waiver, ready to be held against findings. */
record Acceptance(Waiver waiver, Glob rule, Glob resource) {

    static Acceptance of(Waiver waiver) {
        return new Acceptance(waiver, new Glob(waiver.rule()), new Glob(waiver.resource()));
    }

    boolean covers(Finding finding) {
        return coversRule(finding) && resource.matches(finding.location().resource());
    }

    private boolean coversRule(Finding finding) {
        return rule.matches(finding.rule()) || finding.aliases().stream().anyMatch(rule::matches);
    }

    boolean coversAny(Collection<Finding> findings) {
        return findings.stream().anyMatch(this::covers);
    }

    String describe() {
        var where = waiver.resource().equals("*") ? "" : " on " + waiver.resource();
        return "waiver of %s%s by %s".formatted(waiver.rule(), where, waiver.owner());
    }

    String describeEnd() {
        return "%s ended on %s".formatted(describe(), waiver.until());
    }
}
