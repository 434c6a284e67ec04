package dev.stepzero.ship.evidence;

import dev.stepzero.guard.evidence.PredicateType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an environment demands of a release.
 *
 * @param required the predicate types that its evidence must cover
 * @param maxAge how long ago its verdict may have been given
 */
public record AdmissionPolicy(List<String> required, Duration maxAge) {

    /** What no environment goes without. */
    public static final List<String> ALWAYS =
            List.of(PredicateType.PROVENANCE, PredicateType.TEST_RESULT, PredicateType.SCAN, PredicateType.VERDICT);

    /** The usual demands: of the last 90 days. */
    public static final AdmissionPolicy USUAL = new AdmissionPolicy(ALWAYS, Duration.ofDays(90));

    public AdmissionPolicy {
        required = List.copyOf(required);
    }

    /** The usual demands and some more; a required approval must be another person's than the author's. */
    public static AdmissionPolicy with(List<String> more, Duration maxAge) {
        var required = new ArrayList<>(ALWAYS);
        more.stream().filter(type -> !ALWAYS.contains(type)).forEach(required::add);
        return new AdmissionPolicy(required, maxAge);
    }
}
