package dev.stepzero.ship.phoenix;

import dev.stepzero.ship.affected.Affected;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import java.util.List;

/**
 * What was done about everything that serves.
 *
 * @param outcomes one for each release that a rebuild would mend
 * @param notices what no rebuild mends and nobody was told before, the worst first
 * @param unrecorded what serves and cannot be judged, since it was released before components were recorded
 */
public record Mended(List<Outcome> outcomes, List<Notice> notices, List<Deployment> unrecorded) {
    public Mended {
        outcomes = List.copyOf(outcomes);
        notices = List.copyOf(notices);
        unrecorded = List.copyOf(unrecorded);
    }

    /** Something that owners are told once. */
    public record Notice(Affected affected, List<String> owners) {
        public Notice {
            owners = List.copyOf(owners);
        }
    }

    /** Whether a rebuild was refused just now, or something new remains that a gate would block. */
    public boolean alarms() {
        return outcomes.stream().anyMatch(Mended::alarms)
                || notices.stream().anyMatch(each -> each.affected().blocks());
    }

    private static boolean alarms(Outcome outcome) {
        return switch (outcome.kind()) {
            case REBUILT, TRIED -> false;
            case REFUSED -> true;
            case POSTPONED, BY_HAND, USELESS, NO_SOURCE ->
                outcome.news() && outcome.because().stream().anyMatch(Affected::blocks);
        };
    }
}
