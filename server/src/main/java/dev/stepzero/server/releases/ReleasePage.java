package dev.stepzero.server.releases;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.server.page.Page;
import dev.stepzero.ship.Verification;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Deployments.Published;
import dev.stepzero.ship.evidence.AdmissionPolicy;
import dev.stepzero.ship.evidence.EvidenceLog;
import dev.stepzero.ship.evidence.Statements;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** A release's passport, and what one can take along. The address holds the image's digest without its algorithm. */
@Controller
class ReleasePage {
    private final ServerSettings settings;
    private final Deployments deployments;
    private final EvidenceLog evidence;
    private final Clock clock;

    ReleasePage(ServerSettings settings, Deployments deployments, EvidenceLog evidence, Clock clock) {
        this.settings = settings;
        this.deployments = deployments;
        this.evidence = evidence;
        this.clock = clock;
    }

    @GetMapping("/projects/{project}/releases/{image}")
    Page show(@PathVariable String project, @PathVariable String image) throws InterruptedException {
        var release = find(project, image);
        var page = Page.of("releases/release", "Release of " + project)
                .with("now", clock.instant())
                .with("release", release)
                .with("statements", statements(release).list())
                .with(
                        "deployments",
                        deployments.of(release.image()).stream()
                                .filter(each -> each.project().equals(project))
                                .toList());
        try {
            var verified = verification()
                    .verify(settings.home().registry() + "@" + release.image())
                    .orElseThrow();
            return page.with("passport", Optional.of(verified.passport())).with("refused", "");
        } catch (UserError e) {
            return page.with("passport", Optional.empty()).with("refused", e.what());
        }
    }

    private Verification verification() throws InterruptedException {
        var environment = new HashMap<>(settings.environment());
        environment.put("STEPZERO_HOME", settings.home().root().toString());
        return Verification.with(environment, List.of(), AdmissionPolicy.USUAL, clock);
    }

    /** The bill of materials as CycloneDX JSON. */
    @GetMapping("/projects/{project}/releases/{image}/sbom")
    ResponseEntity<byte[]> sbom(@PathVariable String project, @PathVariable String image) {
        var sbom = statements(find(project, image))
                .sbom()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return file(project, image, "cdx.json", "application/vnd.cyclonedx+json", sbom);
    }

    /** The signed statements, an envelope a line. */
    @GetMapping("/projects/{project}/releases/{image}/statements")
    ResponseEntity<byte[]> statements(@PathVariable String project, @PathVariable String image) {
        var lines = statements(find(project, image)).lines();
        return file(project, image, "intoto.jsonl", "application/jsonl", lines);
    }

    private Statements statements(Published release) {
        return new Statements(evidence.about(release.image()));
    }

    private static ResponseEntity<byte[]> file(String project, String image, String end, String type, byte[] content) {
        var name = "%s-%.12s.%s".formatted(project, image, end);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .body(content);
    }

    private Published find(String project, String image) {
        if (!image.matches("[0-9a-f]{64}")) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return deployments.releases(Digest.parse("sha256:" + image).toString()).stream()
                .filter(release -> release.project().equals(project))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
