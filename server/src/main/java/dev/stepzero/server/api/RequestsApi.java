package dev.stepzero.server.api;

import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Body;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.server.errors.Rejected;
import dev.stepzero.server.runs.AskedRuns;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.queue.RunQueue;
import dev.stepzero.ship.queue.RunRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** Runs that are asked for, until they begin, and taken back. */
@Controller
class RequestsApi {
    private final Access access;
    private final AskedRuns asked;
    private final RunQueue queue;

    RequestsApi(Access access, AskedRuns asked, RunQueue queue) {
        this.access = access;
        this.asked = asked;
        this.queue = queue;
    }

    /** What is asked for. */
    record NewRun(
            Purpose purpose,
            @Says("Where to ship to; only with `ship`.") Optional<String> environment,

            @Says(value = "The short name of the branch that has the commit; only with `verify`.", longest = 200)
            Optional<String> branch,

            @Says(value = "The full commit id.", longest = 40)
            String commit) {}

    /** A run that was asked for. */
    record RunRequestRecord(
            long id,
            String project,
            Purpose purpose,
            TrustClass trust,
            Optional<String> environment,
            String ref,
            String commit,
            String requestedBy,
            Instant requestedAt,
            RunRequest.State state,
            @Says("The run, once it began.") Optional<Long> run,
            @Says("What ended or delays it.") Optional<String> reason) {
        static RunRequestRecord of(RunRequest request) {
            return new RunRequestRecord(
                    request.id(),
                    request.project(),
                    request.purpose(),
                    request.trust(),
                    Optional.of(request.environment()).filter(name -> !name.isEmpty()),
                    request.ref(),
                    request.commit(),
                    request.requestedBy(),
                    request.requestedAt(),
                    request.state(),
                    request.run(),
                    request.reason());
        }
    }

    @PostMapping("/api/v1/projects/{project}/requests")
    @Operation(
            value = "Asks for a run. To ship to another environment than the project's first takes an operator.",
            status = 202)
    Answer<RunRequestRecord> ask(@PathVariable String project, @Body NewRun wanted, HttpServletRequest request) {
        var who = access.actor(request);
        var made = switch (wanted.purpose()) {
            case SHIP -> {
                refuse(
                        wanted.branch(),
                        "branch",
                        "What is shipped comes from the protected branch; leave `branch` out.");
                var environment = require(wanted.environment(), "environment");
                var by = access.principal().orElseThrow();
                yield asked.ship(project, environment, wanted.commit(), by, who);
            }
            case VERIFY -> {
                refuse(wanted.environment(), "environment", "A verification leads nowhere; leave `environment` out.");
                yield asked.verify(project, require(wanted.branch(), "branch"), wanted.commit(), who);
            }
        };
        return Answer.accepted("/api/v1/requests/" + made.id(), RunRequestRecord.of(made));
    }

    private static String require(Optional<String> said, String field) {
        return said.orElseThrow(() ->
                Rejected.field(HttpStatus.UNPROCESSABLE_CONTENT, field, "Field '%s' is missing.".formatted(field)));
    }

    private static void refuse(Optional<String> said, String field, String why) {
        if (said.isPresent()) {
            throw Rejected.field(HttpStatus.UNPROCESSABLE_CONTENT, field, why);
        }
    }

    @GetMapping("/api/v1/requests/{request}")
    @Operation("A run that was asked for.")
    Answer<RunRequestRecord> show(@PathVariable long request) {
        return queue.find(request)
                .filter(found -> access.sight().sees(found.project()))
                .map(RunRequestRecord::of)
                .map(Answer::of)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @PostMapping("/api/v1/projects/{project}/requests/{number}/cancellation")
    @Operation("Takes a request back, and ends what is under way of it, unless it deploys already.")
    Answer<RunRequestRecord> cancel(
            @PathVariable String project, @PathVariable long number, HttpServletRequest request) {
        return Answer.of(RunRequestRecord.of(asked.cancel(project, number, access.actor(request))));
    }
}
