package dev.stepzero.server.releases;

import dev.stepzero.core.UserError;
import dev.stepzero.server.page.Page;
import java.time.Clock;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A release's passport, and what one can take along. The address holds the image's digest without its algorithm. */
@Controller
class ReleasePage {
    private final Releases releases;
    private final Clock clock;

    ReleasePage(Releases releases, Clock clock) {
        this.releases = releases;
        this.clock = clock;
    }

    @GetMapping("/projects/{project}/releases/{image}")
    Page show(@PathVariable String project, @PathVariable String image) throws InterruptedException {
        var release = releases.find(project, image);
        var page = Page.of("releases/release", "Release of " + project)
                .with("now", clock.instant())
                .with("release", release)
                .with("statements", releases.statements(release).list())
                .with("deployments", releases.deployments(release));
        try {
            return page.with("passport", Optional.of(releases.passport(release)))
                    .with("refused", "");
        } catch (UserError e) {
            return page.with("passport", Optional.empty()).with("refused", e.what());
        }
    }

    /** The bill of materials as CycloneDX JSON. */
    @GetMapping("/projects/{project}/releases/{image}/sbom")
    ResponseEntity<byte[]> sbom(@PathVariable String project, @PathVariable String image) {
        var sbom = releases.sbom(releases.find(project, image));
        return file(project, image, "cdx.json", "application/vnd.cyclonedx+json", sbom);
    }

    /** The signed statements, an envelope a line. */
    @GetMapping("/projects/{project}/releases/{image}/statements")
    ResponseEntity<byte[]> statements(@PathVariable String project, @PathVariable String image) {
        var lines = releases.statements(releases.find(project, image)).lines();
        return file(project, image, "intoto.jsonl", "application/jsonl", lines);
    }

    private static ResponseEntity<byte[]> file(String project, String image, String end, String type, byte[] content) {
        var name = "%s-%.12s.%s".formatted(project, image, end);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .body(content);
    }
}
