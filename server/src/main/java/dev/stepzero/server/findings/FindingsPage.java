package dev.stepzero.server.findings;

import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Choices;
import dev.stepzero.server.page.Page;
import dev.stepzero.ship.findings.Excerpts;
import dev.stepzero.ship.findings.Findings;
import dev.stepzero.ship.findings.KnownFinding;
import dev.stepzero.ship.findings.Sightings;
import dev.stepzero.ship.waivers.WaiverBook;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The list of findings, and one with its code and its mend. */
@Controller
class FindingsPage {
    private static final int ROWS = 50;
    private static final int SIGHTINGS = 20;

    private final Choices choices;
    private final Access access;
    private final Findings findings;
    private final Sightings sightings;
    private final Excerpts excerpts;
    private final WaiverBook waivers;
    private final Clock clock;

    FindingsPage(
            Choices choices,
            Access access,
            Findings findings,
            Sightings sightings,
            Excerpts excerpts,
            WaiverBook waivers,
            Clock clock) {
        this.choices = choices;
        this.access = access;
        this.findings = findings;
        this.sightings = sightings;
        this.excerpts = excerpts;
        this.waivers = waivers;
        this.clock = clock;
    }

    @GetMapping("/findings")
    Page list(@RequestParam Map<String, String> parameters) {
        var project = choices.sight().narrowed(parameters.getOrDefault("project", ""));
        var asked = AskedFindings.of(parameters, project);
        var after = Optional.ofNullable(parameters.get("after")).filter(cursor -> !cursor.isEmpty());
        return Page.of("findings/findings", "Findings")
                .with("now", clock.instant())
                .with("projects", choices.projects())
                .with("all", choices.sight().everything())
                .with("query", asked.query())
                .with("counts", findings.counts(asked.filter()))
                .with("isFirst", after.isEmpty())
                .with("page", findings.page(asked.filter(), asked.order(), after, ROWS));
    }

    @GetMapping("/projects/{project}/findings/{finding}")
    Page show(@PathVariable String project, @PathVariable long finding) {
        var found = findings.find(finding)
                .filter(each -> each.project().equals(project))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var asking = "/projects/%s/findings/%d/waivers".formatted(project, finding);
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return Page.of("findings/finding", found.title())
                .with("now", clock.instant())
                .with("today", today)
                .with("finding", found)
                .with("excerpt", excerpts.of(found))
                .with("sightings", sightings.of(found, SIGHTINGS))
                .with("waivers", waivers.of(finding))
                .with("asking", asking)
                .with("mayAsk", mayAsk(found, asking));
    }

    private boolean mayAsk(KnownFinding finding, String path) {
        return finding.resolvedAt().isEmpty()
                && access.principal()
                        .filter(one -> access.allows(one, HttpMethod.POST, path))
                        .isPresent();
    }
}
