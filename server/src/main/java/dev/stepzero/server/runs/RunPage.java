package dev.stepzero.server.runs;

import dev.stepzero.server.page.Page;
import dev.stepzero.server.page.Query;
import dev.stepzero.ship.findings.Findings;
import dev.stepzero.ship.runs.LogTail;
import dev.stepzero.ship.runs.RunHistory;
import dev.stepzero.ship.runs.RunHistory.Details;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** A run as it happens, and afterwards. */
@Controller
class RunPage {
    private static final int FINDINGS = 20;
    private static final int LINES = 1_000;

    private final RunHistory runs;
    private final LogTail tail;
    private final Findings findings;
    private final Clock clock;

    RunPage(RunHistory runs, LogTail tail, Findings findings, Clock clock) {
        this.runs = runs;
        this.tail = tail;
        this.findings = findings;
        this.clock = clock;
    }

    @GetMapping("/projects/{project}/runs/{run}")
    Page show(@PathVariable String project, @PathVariable long run) {
        var last = tail.last(run);
        var details = find(project, run);
        return state("runs/run", details).with("last", last).with("log", StepLog.of(details, tail));
    }

    /** What changes while it runs, without its log: a part of the page. */
    @GetMapping("/projects/{project}/runs/{run}/state")
    Page now(@PathVariable String project, @PathVariable long run) {
        return state("runs/state", find(project, run));
    }

    private Page state(String template, Details details) {
        var number = details.run().run().id();
        return Page.of(template, "Run " + number)
                .with("now", clock.instant())
                .with("details", details)
                .with("findings", findings.ofRun(number, FINDINGS));
    }

    /** The whole log, or what of it holds a text. */
    @GetMapping("/projects/{project}/runs/{run}/log")
    Page log(
            @PathVariable String project,
            @PathVariable long run,
            @RequestParam(defaultValue = "") String step,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "0") long after) {
        var details = find(project, run);
        var lines = search.isEmpty()
                ? runs.lines(run, Optional.of(step).filter(name -> !name.isEmpty()), after, LINES)
                : runs.search(run, search, after, LINES);
        var asked = new LinkedHashMap<String, String>();
        asked.put("step", step);
        asked.put("search", search);
        return Page.of("runs/log", "Log of run " + run)
                .with("details", details)
                .with("query", new Query("/projects/%s/runs/%d/log".formatted(project, run), asked))
                .with("isFirst", after == 0)
                .with("hasMore", lines.size() == LINES)
                .with("lines", lines);
    }

    private Details find(String project, long run) {
        return runs.find(run)
                .filter(details -> details.run().run().key().project().equals(project))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
