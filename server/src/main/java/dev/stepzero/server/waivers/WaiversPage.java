package dev.stepzero.server.waivers;

import dev.stepzero.core.UserError;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Choices;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.page.Query;
import dev.stepzero.ship.waivers.AskedWaiver;
import dev.stepzero.ship.waivers.WaiverBook;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Waivers: asking for one, and deciding on what somebody else asked for. */
@Controller
class WaiversPage {
    private static final int ROWS = 50;

    private final Choices choices;
    private final Access access;
    private final WaiverBook waivers;
    private final WaiverRequests requests;
    private final Clock clock;

    WaiversPage(Choices choices, Access access, WaiverBook waivers, WaiverRequests requests, Clock clock) {
        this.choices = choices;
        this.access = access;
        this.waivers = waivers;
        this.requests = requests;
        this.clock = clock;
    }

    @GetMapping("/waivers")
    Page list(
            @RequestParam(defaultValue = "") String project,
            @RequestParam(defaultValue = "") String state,
            @RequestParam Optional<Long> before) {
        var chosen = choices.sight().narrowed(project);
        var wanted = Arrays.stream(AskedWaiver.State.values())
                .filter(each -> each.label().equals(state))
                .findFirst();
        var all = waivers.page(chosen, wanted, before, ROWS + 1);
        var asked = new LinkedHashMap<String, String>();
        asked.put("project", chosen.orElse(""));
        asked.put("state", wanted.map(AskedWaiver.State::label).orElse(""));
        return Page.of("waivers/waivers", "Waivers")
                .with("now", clock.instant())
                .with("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .with("projects", choices.projects())
                .with("all", choices.sight().everything())
                .with("query", new Query("/waivers", asked))
                .with("isFirst", before.isEmpty())
                .with("hasMore", all.size() > ROWS)
                .with("waivers", all.subList(0, Math.min(ROWS, all.size())))
                .with("decisions", new Decisions(access));
    }

    @PostMapping("/projects/{project}/findings/{finding}/waivers")
    ResponseEntity<Void> ask(
            @PathVariable String project,
            @PathVariable long finding,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String until,
            HttpServletRequest request) {
        requests.ask(project, finding, reason, day(until), access.actor(request));
        return seeOther("/projects/%s/findings/%d".formatted(project, finding));
    }

    @PostMapping("/projects/{project}/waivers/{waiver}/decision")
    ResponseEntity<Void> decide(
            @PathVariable String project,
            @PathVariable long waiver,
            @RequestParam(defaultValue = "") String decision,
            @RequestParam(defaultValue = "") String note,
            HttpServletRequest request) {
        var granted = switch (decision) {
            case "grant" -> true;
            case "refuse" -> false;
            default -> throw UserError.usage("a waiver is granted or refused").fix("choose one");
        };
        requests.decide(project, waiver, granted, note, access.actor(request));
        return seeOther("/waivers?project=" + project);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw UserError.usage("'%.40s' is no day".formatted(text))
                    .fix("write it as 2026-12-31")
                    .because(e);
        }
    }

    private static ResponseEntity<Void> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }
}
