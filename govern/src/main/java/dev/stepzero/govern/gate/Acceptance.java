package dev.stepzero.govern.gate;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Waiver;
import java.util.List;

/** A waiver, ready to be held against findings. */
record Acceptance(Waiver waiver, Glob resource) {

    static Acceptance of(Waiver waiver) {
        return new Acceptance(waiver, new Glob(waiver.resource()));
    }

    boolean covers(Finding finding) {
        return (finding.rule().equals(waiver.rule()) || finding.aliases().contains(waiver.rule()))
                && resource.matches(finding.location().resource());
    }

    boolean coversAny(List<Finding> findings) {
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
