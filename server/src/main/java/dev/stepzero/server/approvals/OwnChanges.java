package dev.stepzero.server.approvals;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.endpoint.Endpoints;
import dev.stepzero.ship.forge.own.Merging;
import dev.stepzero.ship.forge.own.ReviewRequest;
import dev.stepzero.ship.forge.own.ReviewRequests;
import dev.stepzero.ship.review.Opinion;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Changes that are proposed to repositories of Stepzero's own, as requests name them. */
@Component
class OwnChanges {
    private final Endpoints endpoints;
    private final ReviewRequests requests;
    private final Merging merging;
    private final Reviewers reviewers;

    OwnChanges(Endpoints endpoints, ReviewRequests requests, Merging merging, Reviewers reviewers) {
        this.endpoints = endpoints;
        this.requests = requests;
        this.merging = merging;
        this.reviewers = reviewers;
    }

    Optional<ForgeProject> project(String name) {
        return endpoints.find(name).filter(found -> found.forge() == Forge.STEPZERO);
    }

    boolean has(String project, long number) {
        return requests.find(project, number).isPresent();
    }

    ReviewRequest find(String project, long number) {
        return requests.find(project, number).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** The request, if it is open and still what the page showed. */
    ReviewRequest shown(String project, long number, String commit) {
        var found = find(project, number);
        if (!found.isOpen() || !found.head().equals(commit)) {
            throw UserError.blocked("the change is over, or has another commit by now")
                    .fix("look at it again first");
        }
        return found;
    }

    /** Refuses an approval that would count for nothing. */
    void requireCounts(String project, long number, String commit, Opinion.Kind kind, Principal principal)
            throws InterruptedException {
        var request = shown(project, number, commit);
        var home = project(project).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (kind == Opinion.Kind.APPROVED && !merging.mayApprove(home, request, reviewers.of(principal, project))) {
            throw UserError.blocked("an approval of yours would not count: you had a hand in the change, or nobody"
                            + " knows by which e-mail address you write commits")
                    .fix("let somebody else approve it, or have an administrator enter your address");
        }
    }

    static ResponseEntity<Void> seeOther(String project, long number) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/projects/%s/changes/%d".formatted(project, number)))
                .build();
    }
}
