package dev.stepzero.server.overview;

import dev.stepzero.server.page.Choices;
import dev.stepzero.server.page.Page;
import dev.stepzero.ship.affected.ToldVulnerabilities;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.RunSummary;
import dev.stepzero.ship.findings.FindingFilter;
import dev.stepzero.ship.findings.FindingState;
import dev.stepzero.ship.findings.Findings;
import dev.stepzero.ship.review.Bypass;
import dev.stepzero.ship.review.Reviews;
import dev.stepzero.ship.runs.RunFilter;
import dev.stepzero.ship.runs.RunHistory;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page. */
@Controller
class OverviewPage {
    private static final int SHOWN = 5;

    private final Choices choices;
    private final Deployments deployments;
    private final Findings findings;
    private final RunHistory runs;
    private final ToldVulnerabilities told;
    private final DeliveryBoard delivery;
    private final Reviews reviews;
    private final Clock clock;

    OverviewPage(
            Choices choices,
            Deployments deployments,
            Findings findings,
            RunHistory runs,
            ToldVulnerabilities told,
            DeliveryBoard delivery,
            Reviews reviews,
            Clock clock) {
        this.choices = choices;
        this.deployments = deployments;
        this.findings = findings;
        this.runs = runs;
        this.told = told;
        this.delivery = delivery;
        this.reviews = reviews;
        this.clock = clock;
    }

    @GetMapping("/")
    Page show(@RequestParam(defaultValue = "") String project) {
        var chosen = choices.sight().narrowed(project);
        var serving = deployments.serving().stream()
                .filter(each -> choices.sight().sees(each.project()))
                .filter(each -> chosen.map(each.project()::equals).orElse(true))
                .toList();
        var open = FindingFilter.ALL.in(FindingState.OPEN);
        return Page.of("overview/overview", "Overview")
                .with("now", clock.instant())
                .with("projects", choices.projects())
                .with("project", chosen.orElse(""))
                .with("serving", serving)
                .with("running", of(chosen, RunStatus.RUNNING))
                .with("troubled", troubled(chosen))
                .with(
                        "open",
                        findings.counts(chosen.map(open::ofProject).orElse(open))
                                .bySeverity())
                .with("told", told.sinceServing(chosen, SHOWN))
                .with("bypasses", bypasses(chosen))
                .with("delivery", delivery.of(chosen));
    }

    /** What went without a review stands on everybody's board until somebody else has looked at it. */
    private List<Bypass> bypasses(Optional<String> project) {
        return reviews.openBypasses().stream()
                .filter(each -> choices.sight().sees(each.project()))
                .filter(each -> project.map(each.project()::equals).orElse(true))
                .toList();
    }

    private List<RunSummary> troubled(Optional<String> project) {
        return Stream.of(RunStatus.BLOCKED, RunStatus.FAILED, RunStatus.STALLED)
                .flatMap(status -> of(project, status).stream())
                .sorted(Comparator.comparingLong((RunSummary run) -> run.run().id())
                        .reversed())
                .limit(SHOWN)
                .toList();
    }

    private List<RunSummary> of(Optional<String> project, RunStatus status) {
        var filter = new RunFilter(project, Optional.empty(), Optional.of(status), Optional.empty(), Optional.empty());
        return runs.page(filter, Optional.empty(), SHOWN).runs();
    }
}
