package dev.stepzero.server.approvals;

import dev.stepzero.core.UserError;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Choices;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.page.Query;
import dev.stepzero.ship.review.Opinion;
import dev.stepzero.ship.review.Reviews;
import dev.stepzero.ship.review.WaitingChanges;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What waits for somebody to look at it. */
@Controller
class ApprovalsPage {
    private static final int ROWS = 50;

    private final Choices choices;
    private final Access access;
    private final WaitingChanges changes;
    private final Reviews reviews;
    private final GivenOpinions opinions;
    private final OwnChanges own;
    private final Clock clock;

    ApprovalsPage(
            Choices choices,
            Access access,
            WaitingChanges changes,
            Reviews reviews,
            GivenOpinions opinions,
            OwnChanges own,
            Clock clock) {
        this.choices = choices;
        this.access = access;
        this.changes = changes;
        this.reviews = reviews;
        this.opinions = opinions;
        this.own = own;
        this.clock = clock;
    }

    @GetMapping("/approvals")
    Page list(@RequestParam(defaultValue = "") String project, @RequestParam Optional<Long> before) {
        var chosen = choices.sight().narrowed(project);
        var waiting = changes.page(chosen, before, ROWS + 1);
        return Page.of("approvals/approvals", "Approvals")
                .with("now", clock.instant())
                .with("projects", choices.projects())
                .with("all", choices.sight().everything())
                .with("query", new Query("/approvals", Map.of("project", chosen.orElse(""))))
                .with("isFirst", before.isEmpty())
                .with("hasMore", waiting.size() > ROWS)
                .with("changes", waiting.subList(0, Math.min(ROWS, waiting.size())))
                .with(
                        "bypasses",
                        reviews.openBypasses().stream()
                                .filter(each -> choices.sight().sees(each.project()))
                                .filter(each ->
                                        chosen.map(each.project()::equals).orElse(true))
                                .toList())
                .with("offers", new Offers(access));
    }

    /** An opinion counts for the commit that the page showed: one that came since is another. */
    @PostMapping("/projects/{project}/changes/{change}/opinion")
    ResponseEntity<Void> give(
            @PathVariable String project,
            @PathVariable long change,
            @RequestParam(defaultValue = "") String commit,
            @RequestParam(defaultValue = "") String opinion,
            HttpServletRequest request)
            throws InterruptedException {
        var kind = switch (opinion) {
            case "approve" -> Opinion.Kind.APPROVED;
            case "object" -> Opinion.Kind.CHANGES_REQUESTED;
            default ->
                throw UserError.usage("a change is approved, or changes are asked for")
                        .fix("choose one");
        };
        opinions.give(project, change, commit, kind, access.principal().orElseThrow(), access.actor(request));
        return own.has(project, change) ? OwnChanges.seeOther(project, change) : seeOther(project);
    }

    /** Emergencies: the commit ships, or is merged, unreviewed, and stays on everybody's board until looked at. */
    @PostMapping("/projects/{project}/bypasses")
    ResponseEntity<Void> bypass(
            @PathVariable String project,
            @RequestParam(defaultValue = "") String commit,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request) {
        opinions.bypass(project, commit, reason, access.principal().orElseThrow(), access.actor(request));
        return seeOther(project);
    }

    @PostMapping("/projects/{project}/bypasses/{bypass}/review")
    ResponseEntity<Void> lookedAt(
            @PathVariable String project,
            @PathVariable long bypass,
            @RequestParam(defaultValue = "") String note,
            HttpServletRequest request) {
        opinions.lookedAt(project, bypass, note, access.principal().orElseThrow(), access.actor(request));
        return seeOther(project);
    }

    private static ResponseEntity<Void> seeOther(String project) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/approvals?project=" + project))
                .build();
    }
}
