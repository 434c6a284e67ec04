package dev.stepzero.server.approvals;

import dev.stepzero.guard.identity.Principal;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.page.Query;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.own.Merging;
import dev.stepzero.ship.forge.own.ReviewRequests;
import dev.stepzero.ship.review.Reviews;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What is proposed to a repository of Stepzero's own: its commits, what people say of them, and its end. */
@Controller
class ChangesPage {
    private static final int ROWS = 50;

    private final Access access;
    private final OwnChanges own;
    private final ReviewRequests requests;
    private final Merging merging;
    private final Reviews reviews;
    private final Reviewers reviewers;
    private final Clock clock;

    ChangesPage(
            Access access,
            OwnChanges own,
            ReviewRequests requests,
            Merging merging,
            Reviews reviews,
            Reviewers reviewers,
            Clock clock) {
        this.access = access;
        this.own = own;
        this.requests = requests;
        this.merging = merging;
        this.reviews = reviews;
        this.reviewers = reviewers;
        this.clock = clock;
    }

    @GetMapping("/projects/{project}/changes")
    Page list(
            @PathVariable String project,
            @RequestParam(defaultValue = "open") String state,
            @RequestParam Optional<Long> before) {
        home(project);
        var found = requests.page(project, !state.equals("all"), before, ROWS + 1);
        return Page.of("approvals/changes", "Changes of " + project)
                .with("now", clock.instant())
                .with("project", project)
                .with(
                        "query",
                        Query.of("/projects/%s/changes".formatted(project)).with("state", state))
                .with("hasMore", found.size() > ROWS)
                .with("requests", found.subList(0, Math.min(ROWS, found.size())));
    }

    @GetMapping("/projects/{project}/changes/{change}")
    Page show(@PathVariable String project, @PathVariable long change) throws InterruptedException {
        var home = home(project);
        var request = own.find(project, change);
        var path = "/projects/%s/changes/%d".formatted(project, change);
        return Page.of("approvals/change", request.title())
                .with("now", clock.instant())
                .with("request", request)
                .with("standing", request.isOpen() ? Optional.of(merging.look(home, request)) : Optional.empty())
                .with("said", reviews.opinions(project, OptionalLong.of(change), request.head()))
                .with("path", path)
                .with("mayGive", may(path + "/opinion"))
                .with("mayMerge", may(path + "/merge"))
                .with("mayClose", may(path + "/close"))
                .with("mayBypass", may("/projects/%s/bypasses".formatted(project)));
    }

    @PostMapping("/projects/{project}/changes/{change}/merge")
    ResponseEntity<Void> merge(
            @PathVariable String project,
            @PathVariable long change,
            @RequestParam(defaultValue = "") String commit,
            HttpServletRequest request)
            throws InterruptedException {
        var principal = person();
        var shown = own.shown(project, change, commit);
        merging.merge(home(project), shown, access.actor(request), reviewers.of(principal, project));
        return OwnChanges.seeOther(project, change);
    }

    @PostMapping("/projects/{project}/changes/{change}/close")
    ResponseEntity<Void> close(
            @PathVariable String project,
            @PathVariable long change,
            @RequestParam(defaultValue = "") String commit,
            HttpServletRequest request) {
        person();
        merging.close(own.shown(project, change, commit), access.actor(request));
        return OwnChanges.seeOther(project, change);
    }

    private ForgeProject home(String project) {
        return own.project(project).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private Principal person() {
        return access.principal()
                .filter(one -> one.kind() == Principal.Kind.PERSON)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.FORBIDDEN));
    }

    private boolean may(String path) {
        return access.principal()
                .filter(one -> access.allows(one, HttpMethod.POST, path))
                .isPresent();
    }
}
