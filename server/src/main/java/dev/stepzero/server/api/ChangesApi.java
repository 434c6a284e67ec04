package dev.stepzero.server.api;

import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Body;
import dev.stepzero.server.api.answer.Filters;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.answer.Paged;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.server.approvals.GivenOpinions;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.review.Bypass;
import dev.stepzero.ship.review.Opinion;
import dev.stepzero.ship.review.Reviews;
import dev.stepzero.ship.review.WaitingChange;
import dev.stepzero.ship.review.WaitingChanges;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Changes that wait for somebody to look at them, and what went without a review. */
@Controller
class ChangesApi {
    private final Access access;
    private final WaitingChanges changes;
    private final Reviews reviews;
    private final GivenOpinions opinions;

    ChangesApi(Access access, WaitingChanges changes, Reviews reviews, GivenOpinions opinions) {
        this.access = access;
        this.changes = changes;
        this.reviews = reviews;
        this.opinions = opinions;
    }

    /** A change that waits. */
    record ChangeRecord(
            @Says("The pull request's number at the forge.") long number,
            String project,
            String commit,
            @Says("Its latest verification.") long run,
            RunStatus status,

            @Says("How many said last of this very commit that it is good.")
            int approvals,

            @Says("How many ask for changes.") int objections) {
        static ChangeRecord of(WaitingChange each) {
            var run = each.verified().run();
            return new ChangeRecord(
                    each.number(),
                    run.key().project(),
                    run.key().commit(),
                    run.id(),
                    each.verified().status(),
                    each.approvals(),
                    each.objections());
        }
    }

    /** What is said of a change. */
    enum Judgement {
        APPROVE,
        OBJECT
    }

    /** An opinion. */
    record NewOpinion(
            Judgement opinion,

            @Says(value = "The full id of the commit that was looked at.", longest = 40)
            String commit) {}

    /** A commit that went without a review. */
    record BypassRecord(
            long id, String project, String commit, String principal, String role, String reason, Instant at) {
        static BypassRecord of(Bypass each) {
            return new BypassRecord(
                    each.id(), each.project(), each.commit(), each.principal(), each.role(), each.reason(), each.at());
        }
    }

    /** What somebody found who looked afterwards. */
    record NewNote(String note) {}

    @GetMapping("/api/v1/changes")
    @Operation("Changes that were verified and wait to be looked at, those that were verified last first.")
    Answer<Paged<ChangeRecord>> list(@Filters ProjectPageQuery query) {
        var project = access.sight().narrowed(query.project().orElse(""));
        var rows = changes.page(project, query.before(), query.size() + 1);
        return Answer.of(Paged.of(
                rows,
                query.size(),
                ChangeRecord::of,
                each -> Long.toString(each.verified().run().id())));
    }

    @PostMapping("/api/v1/projects/{project}/changes/{change}/opinion")
    @Operation(
            value =
                    "Says what a person thinks of a change's latest commit. It takes a session: a token has no opinion.",
            status = 204)
    Answer<Void> give(
            @PathVariable String project,
            @PathVariable long change,
            @Body NewOpinion opinion,
            HttpServletRequest request)
            throws InterruptedException {
        var kind = opinion.opinion() == Judgement.APPROVE ? Opinion.Kind.APPROVED : Opinion.Kind.CHANGES_REQUESTED;
        var principal = access.principal().orElseThrow();
        opinions.give(project, change, opinion.commit(), kind, principal, access.actor(request));
        return Answer.done();
    }

    @GetMapping("/api/v1/bypasses")
    @Operation("What went without a review and nobody has looked at yet, the oldest first.")
    Answer<Paged<BypassRecord>> bypasses(@Filters ProjectPageQuery query) {
        var project = access.sight().narrowed(query.project().orElse(""));
        var after = query.before().orElse(0L);
        var rows = reviews.openBypasses(project, after, query.size() + 1);
        return Answer.of(Paged.of(rows, query.size(), BypassRecord::of, each -> Long.toString(each.id())));
    }

    @PostMapping("/api/v1/projects/{project}/bypasses/{bypass}/review")
    @Operation(
            value = "Notes that a person looked at what went without a review. It takes a session, as an opinion does.",
            status = 204)
    Answer<Void> lookedAt(
            @PathVariable String project, @PathVariable long bypass, @Body NewNote note, HttpServletRequest request) {
        var principal = access.principal().orElseThrow();
        opinions.lookedAt(project, bypass, note.note(), principal, access.actor(request));
        return Answer.done();
    }
}
