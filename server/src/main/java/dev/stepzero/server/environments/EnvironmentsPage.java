package dev.stepzero.server.environments;

import dev.stepzero.core.UserError;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Choices;
import dev.stepzero.server.page.Page;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.rollbacks.Rollbacks;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What serves where, what served before, and the way back. */
@Controller
class EnvironmentsPage {
    private static final int ROWS = 30;
    private static final int REQUESTS = 3;

    private final Choices choices;
    private final Access access;
    private final Deployments deployments;
    private final Rollbacks rollbacks;
    private final AskedRollbacks asked;
    private final Clock clock;

    EnvironmentsPage(
            Choices choices,
            Access access,
            Deployments deployments,
            Rollbacks rollbacks,
            AskedRollbacks asked,
            Clock clock) {
        this.choices = choices;
        this.access = access;
        this.deployments = deployments;
        this.rollbacks = rollbacks;
        this.asked = asked;
        this.clock = clock;
    }

    @GetMapping("/environments")
    Page list() {
        return Page.of("environments/environments", "Environments")
                .with("now", clock.instant())
                .with(
                        "serving",
                        deployments.serving().stream()
                                .filter(each -> choices.sight().sees(each.project()))
                                .toList());
    }

    @GetMapping("/projects/{project}/environments/{environment}")
    Page show(@PathVariable String project, @PathVariable String environment, @RequestParam Optional<Long> before) {
        var path = "/projects/%s/environments/%s".formatted(project, environment);
        var all = deployments.page(project, environment, before, ROWS + 1);
        if (all.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        var mayRollBack = access.principal()
                .filter(one -> access.allows(one, HttpMethod.POST, path + "/rollback"))
                .isPresent();
        return Page.of("environments/environment", environment + " of " + project)
                .with("now", clock.instant())
                .with("path", path)
                .with("project", project)
                .with("environment", environment)
                .with("deployments", all.subList(0, Math.min(ROWS, all.size())))
                .with("hasMore", all.size() > ROWS)
                .with("isFirst", before.isEmpty())
                .with("requests", rollbacks.of(project, environment, REQUESTS))
                .with("mayRollBack", mayRollBack);
    }

    /** Begins the way back; the page shows how it goes. */
    @PostMapping("/projects/{project}/environments/{environment}/rollback")
    ResponseEntity<Void> rollBack(
            @PathVariable String project,
            @PathVariable String environment,
            @RequestParam(defaultValue = "") String commit,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String confirmed,
            HttpServletRequest request) {
        if (!confirmed.equals(environment)) {
            throw UserError.usage("the rollback is not confirmed")
                    .fix("write the environment's name, %s, into the field".formatted(environment));
        }
        asked.ask(project, environment, Optional.of(commit), reason, access.actor(request));
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/projects/%s/environments/%s".formatted(project, environment)))
                .build();
    }
}
