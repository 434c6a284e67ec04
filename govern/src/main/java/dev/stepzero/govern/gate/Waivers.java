package dev.stepzero.govern.gate;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Waiver;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Waivers on a certain day: which of them hold, and which are of no use. A waiver holds on its last day too. */
public final class Waivers {
    private final List<Acceptance> valid = new ArrayList<>();
    private final List<Acceptance> ended = new ArrayList<>();

    public Waivers(Collection<Waiver> all, LocalDate today) {
        for (var waiver : all) {
            (today.isAfter(waiver.until()) ? ended : valid).add(Acceptance.of(waiver));
        }
    }

    /** The waiver by which a finding is accepted today. */
    public Optional<Waiver> accepting(Finding finding) {
        for (var each : valid) {
            if (each.covers(finding)) {
                return Optional.of(each.waiver());
            }
        }
        return Optional.empty();
    }

    /** Waivers that ended although a finding still needs them. */
    public List<Waiver> overdue(Collection<Finding> findings) {
        return waivers(endedOn(findings, true));
    }

    /** Waivers that cover none of the findings, whether they hold or not. */
    public List<Waiver> idle(Collection<Finding> findings) {
        var idle = new ArrayList<>(validWithout(findings));
        idle.addAll(endedOn(findings, false));
        return waivers(idle);
    }

    List<Acceptance> endedOn(Collection<Finding> findings, boolean needed) {
        return ended.stream()
                .filter(waiver -> waiver.coversAny(findings) == needed)
                .toList();
    }

    List<Acceptance> validWithout(Collection<Finding> findings) {
        return valid.stream().filter(waiver -> !waiver.coversAny(findings)).toList();
    }

    private static List<Waiver> waivers(List<Acceptance> acceptances) {
        return acceptances.stream().map(Acceptance::waiver).toList();
    }
}
