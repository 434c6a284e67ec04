package dev.stepzero.server.runs;

import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.live.Change;
import dev.stepzero.ship.runs.LogLine;
import dev.stepzero.ship.runs.RunHistory;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a reader what happens in a run, by server-sent events. {@code lines} has new lines of the log as an array of
 * {@code [step, text]}, {@code state} says that the rest of the page is old, {@code end} that nothing follows. The id is
 * that of the last line, from which the browser goes on when the connection broke.
 *
 * <p>Each stream holds the virtual thread of its request and no connection to the database; it ends after some minutes,
 * and who comes back proves again who they are.
 */
@Controller
public class RunEvents {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** What comes within this time after a change is told along with it. */
    private static final Duration GATHERING = Duration.ofMillis(300);

    private static final int LINES = 500;

    private final LiveRuns live;
    private final RunJournal journal;
    private final RunHistory runs;
    private final JsonMapper json = new JsonMapper();

    RunEvents(LiveRuns live, RunJournal journal, RunHistory runs) {
        this.live = live;
        this.journal = journal;
        this.runs = runs;
    }

    @GetMapping("/projects/{project}/runs/{run}/events")
    public void follow(
            @PathVariable String project,
            @PathVariable long run,
            @RequestParam(defaultValue = "0") long after,
            @RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastEvent,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        try (var subscription = live.subscribe(run)) {
            var isOpen = isOpen(project, run).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
            response.setContentType("text/event-stream;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            var last = lines(run, lastEvent.matches("[0-9]{1,18}") ? Long.parseLong(lastEvent) : after, response);
            event("state", Optional.empty(), "", response);
            var until = Instant.now().plus(LONGEST);
            while (isOpen && !subscription.isClosed() && Instant.now().isBefore(until)) {
                var changes = subscription.next(HEARTBEAT);
                if (changes.isEmpty()) {
                    write(": still here\n\n", response);
                    continue;
                }
                last = lines(run, last, response);
                if (changes.stream().anyMatch(change -> !(change instanceof Change.LinesWritten))) {
                    isOpen = isOpen(project, run).orElse(false);
                    event("state", Optional.empty(), "", response);
                }
                Thread.sleep(GATHERING);
            }
            last = lines(run, last, response);
            event(isOpen ? "pause" : "end", Optional.of(last), "", response);
        }
    }

    /** Whether the run goes on; empty if the project has no such run. */
    private Optional<Boolean> isOpen(String project, long run) throws InterruptedException {
        return live.read(() -> journal.find(run))
                .filter(found -> found.run().key().project().equals(project))
                .map(found -> found.endedAt() == null);
    }

    private long lines(long run, long after, HttpServletResponse response) throws IOException, InterruptedException {
        var last = after;
        List<LogLine> lines;
        do {
            var from = last;
            lines = live.read(() -> runs.lines(run, Optional.empty(), from, LINES));
            if (!lines.isEmpty()) {
                last = lines.getLast().id();
                var told = lines.stream()
                        .map(line -> List.of(line.step(), line.text()))
                        .toList();
                event("lines", Optional.of(last), json.writeValueAsString(told), response);
            }
        } while (lines.size() == LINES);
        return last;
    }

    private static void event(String name, Optional<Long> id, String data, HttpServletResponse response)
            throws IOException {
        write(id.map("id: %d\n"::formatted).orElse("") + "event: " + name + "\ndata: " + data + "\n\n", response);
    }

    private static void write(String text, HttpServletResponse response) throws IOException {
        var out = response.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
