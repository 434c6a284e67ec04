package dev.stepzero.server.releases;

import dev.stepzero.core.Digest;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.ship.Verification;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.deploy.Deployments.Published;
import dev.stepzero.ship.evidence.AdmissionPolicy;
import dev.stepzero.ship.evidence.EvidenceLog;
import dev.stepzero.ship.evidence.Passport;
import dev.stepzero.ship.evidence.Statements;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Releases of projects, with what is proven and what was attested of them. */
@Component
public class Releases {
    private final ServerSettings settings;
    private final Deployments deployments;
    private final EvidenceLog evidence;
    private final Clock clock;

    Releases(ServerSettings settings, Deployments deployments, EvidenceLog evidence, Clock clock) {
        this.settings = settings;
        this.deployments = deployments;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * A release.
     *
     * @param image the image's digest without its algorithm
     * @throws ResponseStatusException 404 if the project has none
     */
    public Published find(String project, String image) {
        if (!image.matches("[0-9a-f]{64}")) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return deployments.releases(Digest.parse("sha256:" + image).toString()).stream()
                .filter(release -> release.project().equals(project))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** What is proven of a release, verified now. @throws UserError with the reason, if it is not to be trusted */
    public Passport passport(Published release) throws InterruptedException {
        var environment = new HashMap<>(settings.environment());
        environment.put("STEPZERO_HOME", settings.home().root().toString());
        return Verification.with(environment, List.of(), AdmissionPolicy.USUAL, clock)
                .verify(settings.home().registry() + "@" + release.image())
                .orElseThrow()
                .passport();
    }

    /** Where it ran, the newest first. */
    public List<Deployment> deployments(Published release) {
        return deployments.of(release.image()).stream()
                .filter(each -> each.project().equals(release.project()))
                .toList();
    }

    /** What was attested of it. */
    public Statements statements(Published release) {
        return new Statements(evidence.about(release.image()));
    }

    /** Its bill of materials as CycloneDX JSON. @throws ResponseStatusException 404 without one */
    public byte[] sbom(Published release) {
        return statements(release).sbom().orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
