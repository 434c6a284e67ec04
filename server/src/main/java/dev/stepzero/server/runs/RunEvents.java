package dev.stepzero.server.runs;

import dev.stepzero.guard.identity.Principal;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.connections.OpenAnswer;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.runs.LogLine;
import dev.stepzero.ship.runs.LogTail;
import dev.stepzero.ship.runs.RunHistory;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Tells a reader what happens in a run, by server-sent {@link Events}. The request catches up by itself and then becomes
 * a {@link Follower} of the run's {@link RunFeed}, which costs no thread and no connection to the database. A stream ends
 * after some minutes, and who comes back proves again who they are.
 */
@Controller
public class RunEvents {
    private static final String SECONDS_TO_WAIT = "30";

    private final LiveRuns live;
    private final Access access;
    private final RunJournal journal;
    private final RunHistory runs;
    private final LogTail tail;

    RunEvents(LiveRuns live, Access access, RunJournal journal, RunHistory runs, LogTail tail) {
        this.live = live;
        this.access = access;
        this.journal = journal;
        this.runs = runs;
        this.tail = tail;
    }

    @GetMapping("/projects/{project}/runs/{run}/events")
    public void follow(
            @PathVariable String project,
            @PathVariable long run,
            @RequestParam(defaultValue = "0") long after,
            @RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastEvent,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, ServletException, InterruptedException {
        var reading = new Reading(run);
        var isOpen = isOpen(project, run).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var who = access.principal().map(Principal::name).orElse("");
        var seat = live.seat(who).orElseThrow(() -> full(who, response));
        try {
            response.setContentType("text/event-stream;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            var asked = lastEvent.matches("[0-9]{1,18}") ? Long.parseLong(lastEvent) : after;
            var from = asked == 0 ? 0 : Math.min(asked, reading.last());
            if (isOpen) {
                follow(run, reading, from, seat, request, response);
            } else {
                var last = catchUp(reading, from, response);
                response.getOutputStream().write(Events.STATE);
                response.getOutputStream().write(Events.end(last));
                seat.close();
            }
        } catch (IOException | ServletException | InterruptedException | RuntimeException e) {
            seat.close();
            throw e;
        }
    }

    private ResponseStatusException full(String who, HttpServletResponse response) {
        response.setHeader("Retry-After", SECONDS_TO_WAIT);
        return new ResponseStatusException(
                live.hasRoom() ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.SERVICE_UNAVAILABLE,
                "no more streams for " + who);
    }

    private void follow(
            long run, Reading reading, long from, Seat seat, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException, InterruptedException {
        var feed = live.feed(run, reading);
        seat.alsoClose(() -> live.leave(run));
        var answer = OpenAnswer.to(request, response);
        var last = catchUp(reading, from, response);
        response.getOutputStream().write(Events.STATE);
        response.flushBuffer();
        var follower = live.follower(answer, last);
        seat.alsoClose(() -> feed.detach(follower));
        answer.then(() -> join(feed, follower, reading), seat::close);
    }

    /** Tells what was written since the beginning of the answer, and then lets the feed tell the rest. */
    private static void join(RunFeed feed, Follower follower, Reading reading) {
        try {
            for (var known = feed.attach(follower); known > follower.position(); known = feed.attach(follower)) {
                var lines = reading.lines(follower.position(), RunFeed.LINES);
                if (!lines.isEmpty()) {
                    follower.tell(Events.lines(lines));
                }
                follower.moveTo(lines.isEmpty() ? known : lines.getLast().id());
            }
        } catch (InterruptedException | JdbiException e) {
            // The answer has begun, so all that can be said is: come back.
            follower.end(Events.pause(follower.position()));
        }
    }

    private static long catchUp(Reading reading, long after, HttpServletResponse response)
            throws IOException, InterruptedException {
        var last = after;
        List<LogLine> lines;
        do {
            lines = reading.lines(last, RunFeed.LINES);
            if (!lines.isEmpty()) {
                last = lines.getLast().id();
                response.getOutputStream().write(Events.lines(lines));
            }
        } while (lines.size() == RunFeed.LINES);
        return last;
    }

    /** Whether the run goes on; empty if the project has no such run. */
    private Optional<Boolean> isOpen(String project, long run) throws InterruptedException {
        return live.read(() -> journal.find(run))
                .filter(found -> found.run().key().project().equals(project))
                .map(found -> found.endedAt() == null);
    }

    /** Reads about one run when it is the streams' turn. */
    private final class Reading implements RunReading {
        private final long run;

        Reading(long run) {
            this.run = run;
        }

        @Override
        public List<LogLine> lines(long after, int most) throws InterruptedException {
            return live.read(() -> runs.lines(run, Optional.empty(), after, most));
        }

        @Override
        public boolean isOpen() throws InterruptedException {
            return live.read(() -> journal.find(run))
                    .map(found -> found.endedAt() == null)
                    .orElse(false);
        }

        @Override
        public long last() throws InterruptedException {
            return live.read(() -> tail.last(run));
        }
    }
}
