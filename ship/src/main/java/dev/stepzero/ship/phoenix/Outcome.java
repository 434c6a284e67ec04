package dev.stepzero.ship.phoenix;

import dev.stepzero.ship.affected.Affected;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import java.util.List;

/**
 * What came of a release that a rebuild would mend.
 *
 * @param served what served when this began
 * @param because what the rebuild mends
 * @param text what happened, in a sentence
 * @param news whether it was not said before
 */
public record Outcome(Deployment served, List<Affected> because, Kind kind, String text, boolean news) {
    public Outcome {
        because = List.copyOf(because);
    }

    /** The kinds of outcomes. */
    public enum Kind {
        /** The rebuilt release serves. */
        REBUILT,
        /** Tests, gate, admission or health said no: what served before serves. */
        REFUSED,
        /** Something stood in the way that may be gone the next time. */
        POSTPONED,
        /** The project wants a person to ask for it. */
        BY_HAND,
        /** The same was tried before, and refused. */
        TRIED,
        /** The refreshed base would not mend it. */
        USELESS,
        /** Nobody knows where the commit can be read. */
        NO_SOURCE
    }
}
