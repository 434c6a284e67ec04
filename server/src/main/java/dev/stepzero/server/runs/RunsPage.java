package dev.stepzero.server.runs;

import dev.stepzero.core.UserError;
import dev.stepzero.server.page.Choices;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.page.Query;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.runs.RunFilter;
import dev.stepzero.ship.runs.RunHistory;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of runs. */
@Controller
class RunsPage {
    private static final int ROWS = 50;

    private final Choices choices;
    private final RunHistory runs;
    private final Clock clock;

    RunsPage(Choices choices, RunHistory runs, Clock clock) {
        this.choices = choices;
        this.runs = runs;
        this.clock = clock;
    }

    @GetMapping("/runs")
    Page show(
            @RequestParam(defaultValue = "") String project,
            @RequestParam(defaultValue = "") String environment,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String ref,
            @RequestParam(defaultValue = "") String who,
            @RequestParam Optional<Long> before) {
        var chosen = choices.sight().narrowed(project);
        var filter =
                new RunFilter(chosen, given(environment), given(status).map(RunsPage::status), given(ref), given(who));
        var asked = new LinkedHashMap<String, String>();
        asked.put("project", chosen.orElse(""));
        asked.put("environment", environment);
        asked.put("status", status);
        asked.put("ref", ref);
        asked.put("who", who);
        return Page.of("runs/runs", "Runs")
                .with("now", clock.instant())
                .with("projects", choices.projects())
                .with("all", choices.sight().everything())
                .with(
                        "statuses",
                        Arrays.stream(RunStatus.values()).map(RunStatus::label).toList())
                .with("query", new Query("/runs", asked))
                .with("isFirst", before.isEmpty())
                .with("page", runs.page(filter, before, ROWS));
    }

    private static Optional<String> given(String parameter) {
        return Optional.of(parameter.strip()).filter(text -> !text.isEmpty());
    }

    private static RunStatus status(String label) {
        return Arrays.stream(RunStatus.values())
                .filter(status -> status.label().equals(label))
                .findFirst()
                .orElseThrow(() -> UserError.usage("no run is ever '%.40s'".formatted(label))
                        .fix("choose one of the list"));
    }
}
