package dev.stepzero.server.api;

import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Body;
import dev.stepzero.server.api.answer.Filters;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.answer.Paged;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.server.waivers.WaiverRequests;
import dev.stepzero.ship.waivers.AskedWaiver;
import dev.stepzero.ship.waivers.WaiverBook;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** Waivers that are asked for, granted and refused. */
@Controller
class WaiversApi {
    private final Access access;
    private final WaiverBook waivers;
    private final WaiverRequests requests;

    WaiversApi(Access access, WaiverBook waivers, WaiverRequests requests) {
        this.access = access;
        this.waivers = waivers;
        this.requests = requests;
    }

    /** Which waivers. */
    record WaiversQuery(
            @Says("One project; without it all, or the first of those where the caller has roles in some only.")
            Optional<String> project,

            Optional<AskedWaiver.State> state,

            @Says(value = "How many, at most.", least = 1, most = Paged.MOST, byDefault = "50")
            Optional<Integer> limit,

            @Says(value = "What the page before answered as `next`.", longest = 300)
            Optional<String> after) {}

    /** A waiver that somebody asked for, and what became of it. */
    record WaiverRecord(
            long id,
            String project,
            @Says("The finding that it was asked for.") long finding,
            String rule,
            String resource,
            String reason,
            @Says("The last day on which it holds.") LocalDate until,
            AskedWaiver.State state,
            String askedBy,
            Instant askedAt,
            Optional<String> decidedBy,
            Optional<Instant> decidedAt,
            Optional<String> note) {
        static WaiverRecord of(AskedWaiver each) {
            return new WaiverRecord(
                    each.id(),
                    each.project(),
                    each.finding(),
                    each.rule(),
                    each.resource(),
                    each.reason(),
                    each.lastDay(),
                    each.state(),
                    each.askedBy(),
                    each.askedAt(),
                    each.decidedBy(),
                    each.decidedAt(),
                    Optional.of(each.note()).filter(text -> !text.isEmpty()));
        }
    }

    /** A waiver that is asked for. */
    record NewWaiver(
            String reason,

            @Says("The last day on which it holds, in a year at the latest.")
            LocalDate until) {}

    /** What is decided. */
    enum Decision {
        GRANT,
        REFUSE
    }

    /** A decision on a waiver. */
    record NewDecision(
            Decision decision,

            @Says("What is said to it; a refusal needs one.")
            Optional<String> note) {}

    @GetMapping("/api/v1/waivers")
    @Operation("Waivers that were asked for, the newest first.")
    Answer<Paged<WaiverRecord>> list(@Filters WaiversQuery query) {
        var project = access.sight().narrowed(query.project().orElse(""));
        var size = Paged.size(query.limit());
        var rows = waivers.page(project, query.state(), Paged.number(query.after()), size + 1);
        return Answer.of(Paged.of(rows, size, WaiverRecord::of, each -> Long.toString(each.id())));
    }

    @GetMapping("/api/v1/waivers/{waiver}")
    @Operation("One waiver.")
    Answer<WaiverRecord> show(@PathVariable long waiver) {
        return waivers.find(waiver)
                .filter(each -> access.sight().sees(each.project()))
                .map(WaiverRecord::of)
                .map(Answer::of)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @PostMapping("/api/v1/projects/{project}/findings/{finding}/waivers")
    @Operation(value = "Asks for a waiver of a finding.", status = 201)
    Answer<WaiverRecord> ask(
            @PathVariable String project,
            @PathVariable long finding,
            @Body NewWaiver wanted,
            HttpServletRequest request) {
        var made = requests.ask(project, finding, wanted.reason(), wanted.until(), access.actor(request));
        return Answer.created("/api/v1/waivers/" + made.id(), WaiverRecord.of(made));
    }

    @PostMapping("/api/v1/projects/{project}/waivers/{waiver}/decision")
    @Operation("Grants or refuses a waiver that somebody else asked for.")
    Answer<WaiverRecord> decide(
            @PathVariable String project,
            @PathVariable long waiver,
            @Body NewDecision decision,
            HttpServletRequest request) {
        var decided = requests.decide(
                project,
                waiver,
                decision.decision() == Decision.GRANT,
                decision.note().orElse(""),
                access.actor(request));
        return Answer.of(WaiverRecord.of(decided));
    }
}
