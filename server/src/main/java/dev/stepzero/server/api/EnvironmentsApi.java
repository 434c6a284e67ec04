package dev.stepzero.server.api;

import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Body;
import dev.stepzero.server.api.answer.Filters;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.answer.Paged;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.server.environments.AskedRollbacks;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.rollbacks.RollbackRequest;
import dev.stepzero.ship.rollbacks.Rollbacks;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** What serves where, what served before, and the way back. */
@Controller
class EnvironmentsApi {
    private final Access access;
    private final Deployments deployments;
    private final Rollbacks rollbacks;
    private final AskedRollbacks asked;

    EnvironmentsApi(Access access, Deployments deployments, Rollbacks rollbacks, AskedRollbacks asked) {
        this.access = access;
        this.deployments = deployments;
        this.rollbacks = rollbacks;
        this.asked = asked;
    }

    /** A release in an environment. */
    record DeploymentRecord(
            long id,
            String project,
            String environment,

            @Says("The kind of place that the environment stands in.")
            String target,

            String commit,
            @Says("The image's digest.") String image,

            @Says("`ship`, `rollback` or `phoenix`: the same commit on a newer base.")
            String kind,

            @Says("`starting`, `serving`, `failed`, `replaced` or `removed`.")
            String status,

            Optional<String> colour,
            Optional<String> address,
            @Says("Why it was made, or why it failed.") Optional<String> reason,
            Instant startedAt,
            Optional<Instant> endedAt) {
        static DeploymentRecord of(Deployment each) {
            return new DeploymentRecord(
                    each.id(),
                    each.project(),
                    each.environment(),
                    each.target(),
                    each.commit(),
                    each.image().toString(),
                    each.kind(),
                    each.status(),
                    said(each.colour()),
                    said(each.address()),
                    Optional.ofNullable(each.reason()).or(() -> said(each.why())),
                    each.startedAt(),
                    Optional.ofNullable(each.endedAt()));
        }

        private static Optional<String> said(String text) {
            return Optional.of(text).filter(some -> !some.isEmpty());
        }
    }

    /** A way back that is asked for. */
    record NewRollback(
            @Says(
                    value =
                            "What to go back to: a commit that served there, or its first digits; without it the one that"
                                    + " served before.",
                    longest = 40)
            Optional<String> commit,

            @Says("What is wrong with what serves now, in a sentence.")
            String reason) {}

    /** A way back that somebody asked for. */
    record RollbackRecord(
            long id,
            String project,
            String environment,
            String commit,
            String reason,
            String askedBy,
            Instant askedAt,

            @Says("`running`, `served`, `failed`, or `cut` where the server that went it ended.")
            String status,

            Optional<Instant> endedAt,
            @Says("Why it failed.") Optional<String> failure) {
        static RollbackRecord of(RollbackRequest each) {
            return new RollbackRecord(
                    each.id(),
                    each.project(),
                    each.environment(),
                    each.commit(),
                    each.reason(),
                    each.askedBy(),
                    each.askedAt(),
                    each.status(),
                    each.endedAt(),
                    Optional.of(each.what()).filter(text -> !text.isEmpty()));
        }
    }

    @GetMapping("/api/v1/environments")
    @Operation("What serves where, by project and environment.")
    Answer<Paged<DeploymentRecord>> serving(@Filters ProjectPageQuery query) {
        var project = access.sight().narrowed(query.project().orElse(""));
        var rows = deployments.serving(project, query.after().orElse(""), query.size() + 1);
        return Answer.of(
                Paged.of(rows, query.size(), DeploymentRecord::of, each -> each.project() + "/" + each.environment()));
    }

    @GetMapping("/api/v1/deployments")
    @Operation("What was deployed to any environment, the newest first.")
    Answer<Paged<DeploymentRecord>> latest(@Filters ProjectPageQuery query) {
        var project = access.sight().narrowed(query.project().orElse(""));
        var rows = deployments.page(project, query.before(), query.size() + 1);
        return page(rows, query.size());
    }

    @GetMapping("/api/v1/projects/{project}/environments/{environment}/deployments")
    @Operation("What was deployed to an environment, the newest first.")
    Answer<Paged<DeploymentRecord>> history(
            @PathVariable String project, @PathVariable String environment, @Filters PageQuery query) {
        return page(deployments.page(project, environment, query.before(), query.size() + 1), query.size());
    }

    private static Answer<Paged<DeploymentRecord>> page(List<Deployment> rows, int size) {
        return Answer.of(Paged.of(rows, size, DeploymentRecord::of, each -> Long.toString(each.id())));
    }

    @GetMapping("/api/v1/projects/{project}/environments/{environment}/rollbacks")
    @Operation("The ways back that were asked for, the newest first.")
    Answer<Paged<RollbackRecord>> rollbacks(
            @PathVariable String project, @PathVariable String environment, @Filters PageQuery query) {
        var rows = rollbacks.page(project, environment, query.before(), query.size() + 1);
        return Answer.of(Paged.of(rows, query.size(), RollbackRecord::of, each -> Long.toString(each.id())));
    }

    @GetMapping("/api/v1/projects/{project}/environments/{environment}/rollbacks/{number}")
    @Operation("A way back that was asked for.")
    Answer<RollbackRecord> rollback(
            @PathVariable String project, @PathVariable String environment, @PathVariable long number) {
        return rollbacks
                .find(number)
                .filter(each -> each.project().equals(project))
                .filter(each -> each.environment().equals(environment))
                .map(RollbackRecord::of)
                .map(Answer::of)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @PostMapping("/api/v1/projects/{project}/environments/{environment}/rollbacks")
    @Operation(value = "Begins to bring back what served before.", status = 202)
    Answer<RollbackRecord> rollBack(
            @PathVariable String project,
            @PathVariable String environment,
            @Body NewRollback wanted,
            HttpServletRequest request) {
        var made = asked.ask(project, environment, wanted.commit(), wanted.reason(), access.actor(request));
        var path = "/api/v1/projects/%s/environments/%s/rollbacks/%d".formatted(project, environment, made.id());
        return Answer.accepted(path, RollbackRecord.of(made));
    }
}
