package dev.stepzero.server.api;

import dev.stepzero.core.UserError;
import dev.stepzero.server.api.EnvironmentsApi.DeploymentRecord;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.server.releases.Releases;
import dev.stepzero.ship.evidence.Passport;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A release's passport, and what was attested of it. */
@Controller
class ReleasesApi {
    private final Releases releases;

    ReleasesApi(Releases releases) {
        this.releases = releases;
    }

    /** A release. */
    record ReleaseRecord(
            String project,
            String commit,
            String image,

            @Says("What is proven of it, verified now; missing where it does not verify.")
            Optional<Passport> passport,

            @Says("Why it does not verify.") Optional<String> refused,
            @Says("Where it ran, the newest first.") List<DeploymentRecord> deployments) {}

    @GetMapping("/api/v1/projects/{project}/releases/{image}")
    @Operation("A release with its passport. The image is its digest without the algorithm.")
    Answer<ReleaseRecord> show(@PathVariable String project, @PathVariable String image) throws InterruptedException {
        var release = releases.find(project, image);
        var deployments =
                releases.deployments(release).stream().map(DeploymentRecord::of).toList();
        Optional<Passport> passport = Optional.empty();
        Optional<String> refused = Optional.empty();
        try {
            passport = Optional.of(releases.passport(release));
        } catch (UserError e) {
            refused = Optional.of(e.what());
        }
        return Answer.of(new ReleaseRecord(
                release.project(), release.commit(), release.image().toString(), passport, refused, deployments));
    }

    @GetMapping("/api/v1/projects/{project}/releases/{image}/sbom")
    @Operation(value = "The bill of materials, as CycloneDX.", media = "application/vnd.cyclonedx+json")
    Answer<byte[]> sbom(@PathVariable String project, @PathVariable String image) {
        return Answer.of(releases.sbom(releases.find(project, image)));
    }

    @GetMapping("/api/v1/projects/{project}/releases/{image}/statements")
    @Operation(value = "The signed statements: an envelope a line.", media = "application/jsonl")
    Answer<byte[]> statements(@PathVariable String project, @PathVariable String image) {
        return Answer.of(releases.statements(releases.find(project, image)).lines());
    }
}
