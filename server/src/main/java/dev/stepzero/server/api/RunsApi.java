package dev.stepzero.server.api;

import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Filters;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.answer.Paged;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.server.runs.RunEvents;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.runs.LogLine;
import dev.stepzero.ship.runs.RunFilter;
import dev.stepzero.ship.runs.RunHistory;
import dev.stepzero.ship.runs.RunHistory.Details;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.server.ResponseStatusException;

/** Runs: their list, one, its log, and what happens in it. */
@Controller
class RunsApi {
    private final Access access;
    private final RunHistory runs;
    private final RunEvents events;

    RunsApi(Access access, RunHistory runs, RunEvents events) {
        this.access = access;
        this.runs = runs;
        this.events = events;
    }

    /** Which runs. */
    record RunsQuery(
            @Says("One project; without it all, or the first of those where the caller has roles in some only.")
            Optional<String> project,

            Optional<String> environment,
            Optional<RunStatus> status,
            @Says("The full name of a ref.") Optional<String> ref,
            @Says("Who asked.") Optional<String> requestedBy,

            @Says(value = "How many, at most.", least = 1, most = Paged.MOST, byDefault = "50")
            Optional<Integer> limit,

            @Says(value = "What the page before answered as `next`.", longest = 300)
            Optional<String> after) {}

    /** Which lines of a log. */
    record LogQuery(
            @Says("Only of this step.") Optional<String> step,

            @Says("Only lines with this text, in whatever case.")
            Optional<String> search,

            @Says(value = "How many lines, at most.", least = 1, most = 5_000, byDefault = "1000")
            Optional<Integer> limit,

            @Says("What the part before linked to as `next`.")
            Optional<String> after) {}

    /** Where events go on. */
    record EventsQuery(
            @Says("The line of the log after which to begin; the header Last-Event-ID says the same.")
            Optional<Long> after) {}

    @GetMapping("/api/v1/runs")
    @Operation("The runs that the caller sees, the newest first.")
    Answer<Paged<RunRecord>> list(@Filters RunsQuery query) {
        var project = access.sight().narrowed(query.project().orElse(""));
        var filter = new RunFilter(project, query.environment(), query.status(), query.ref(), query.requestedBy());
        var page = runs.page(filter, Paged.number(query.after()), Paged.size(query.limit()));
        return Answer.of(new Paged<>(
                page.runs().stream().map(RunRecord::of).toList(), page.next().map(String::valueOf)));
    }

    @GetMapping("/api/v1/runs/{run}")
    @Operation("One run with its steps and how long they took.")
    Answer<RunDetails> show(@PathVariable long run) {
        return Answer.of(RunDetails.of(find(run), RunHistory.BUDGET));
    }

    @GetMapping("/api/v1/runs/{run}/log")
    @Operation(
            value =
                    "What the steps of a run wrote, a line each, the oldest first; the header Link leads to what follows.",
            media = "text/plain;charset=UTF-8")
    Answer<byte[]> log(@PathVariable long run, @Filters LogQuery query) {
        find(run);
        var most = query.limit().orElse(1_000);
        var after = Paged.number(query.after()).orElse(0L);
        var lines = query.search().isPresent()
                ? runs.search(run, query.search().get(), after, most)
                : runs.lines(run, query.step(), after, most);
        var text = lines.stream().map(line -> line.text() + "\n").collect(Collectors.joining());
        var next = lines.size() < most
                ? Optional.<String>empty()
                : Optional.of(lines.getLast()).map(LogLine::id).map(String::valueOf);
        return Answer.of(text.getBytes(StandardCharsets.UTF_8)).next(next);
    }

    @GetMapping("/api/v1/runs/{run}/events")
    @Operation(
            value = "What happens in a run, as server-sent events: `lines` has new lines of the log as an array of"
                    + " `[step, text]`, `state` says that the run is to be read again, `end` that nothing follows, and"
                    + " `pause` that the caller may come back with the last id.",
            media = "text/event-stream")
    void follow(
            @PathVariable long run,
            @Filters EventsQuery query,
            @RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastEvent,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, ServletException, InterruptedException {
        var project = find(run).run().run().key().project();
        events.follow(project, run, query.after().orElse(0L), lastEvent, request, response);
    }

    private Details find(long run) {
        return runs.find(run)
                .filter(details -> access.sight().sees(details.run().run().key().project()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
