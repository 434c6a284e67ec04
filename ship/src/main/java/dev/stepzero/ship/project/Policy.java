package dev.stepzero.ship.project;

import dev.stepzero.core.Severity;
import dev.stepzero.core.Waiver;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of {@code stepzero.yaml} that judges a change, as opposed to the part that builds it. On a server it is read
 * from the tip of the protected branch, so that no change can soften its own judgement.
 *
 * @param gate what blocks
 * @param waivers findings that somebody accepted
 * @param registry where the image is pushed beside the layout on disk
 * @param environments where releases run, by name
 */
public record Policy(
        Project.Gate gate,
        List<Waiver> waivers,
        Optional<String> registry,
        Map<String, Project.Environment> environments) {

    public Policy {
        waivers = List.copyOf(waivers);
        environments = Collections.unmodifiableMap(new LinkedHashMap<>(environments));
    }

    /** The same with a gate that blocks from a severity on at the latest. */
    public Policy atLeast(Severity failOn) {
        var stricter = new Project.Gate(
                gate.failOn().atLeast(failOn) ? failOn : gate.failOn(),
                gate.warnOn(),
                gate.maxAgeDays(),
                gate.maxDatabaseAgeDays());
        return new Policy(stricter, waivers, registry, environments);
    }
}
