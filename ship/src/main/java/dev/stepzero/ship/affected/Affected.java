package dev.stepzero.ship.affected;

import dev.stepzero.core.Severity;
import java.time.Instant;
import java.util.List;

/**
 * A vulnerability in what serves.
 *
 * @param fixed the version that mends it; empty where there is none
 * @param image the digest of the image
 * @param direct whether the project itself asks for the package
 * @param knownSince when the owners could first know: the deployment that brought it, or the call that told it
 * @param fresh whether nobody was told before
 * @param blocks whether the gate that let the release through would block it today
 */
public record Affected(
        String advisory,
        List<String> aliases,
        String summary,
        Severity severity,
        String purl,
        String fixed,
        String place,
        boolean direct,
        String project,
        String environment,
        String image,
        String commit,
        Instant deployedAt,
        Instant knownSince,
        boolean fresh,
        boolean blocks,
        Remedy remedy) {
    public Affected {
        aliases = List.copyOf(aliases);
    }
}
