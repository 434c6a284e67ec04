package dev.stepzero.server.projects;

import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Choices;
import dev.stepzero.server.page.Page;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.findings.FindingFilter;
import dev.stepzero.ship.findings.FindingState;
import dev.stepzero.ship.findings.Findings;
import dev.stepzero.ship.runs.RunFilter;
import dev.stepzero.ship.runs.RunHistory;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Projects: their list, one with all that is known of it, and what is decided about it. */
@Controller
class ProjectsPage {
    private static final int ROWS = 50;
    private static final int SHOWN = 8;

    private final Choices choices;
    private final Access access;
    private final Projects projects;
    private final ChangedProjects changes;
    private final Deployments deployments;
    private final Findings findings;
    private final RunHistory runs;
    private final Clock clock;

    ProjectsPage(
            Choices choices,
            Access access,
            Projects projects,
            ChangedProjects changes,
            Deployments deployments,
            Findings findings,
            RunHistory runs,
            Clock clock) {
        this.choices = choices;
        this.access = access;
        this.projects = projects;
        this.changes = changes;
        this.deployments = deployments;
        this.findings = findings;
        this.runs = runs;
        this.clock = clock;
    }

    @GetMapping("/projects")
    Page list(@RequestParam(defaultValue = "") String after) {
        var sight = choices.sight();
        var page = sight.everything()
                ? projects.page(after, ROWS + 1, true)
                : sight.projects().stream()
                        .flatMap(name -> projects.find(name).stream())
                        .toList();
        var hasMore = sight.everything() && page.size() > ROWS;
        return Page.of("projects/projects", "Projects")
                .with("now", clock.instant())
                .with("projects", hasMore ? page.subList(0, ROWS) : page)
                .with("hasMore", hasMore)
                .with("isFirst", after.isEmpty())
                .with("mayRegister", may("/projects"));
    }

    @PostMapping("/projects")
    ResponseEntity<Void> register(
            @RequestParam(defaultValue = "") String name,
            @ModelAttribute ProjectForm form,
            HttpServletRequest request) {
        var actor = access.actor(request);
        var project = RegisteredProject.of(
                name,
                form.address(name),
                form.forge(),
                form.branch(),
                form.places(),
                form.settings(),
                actor.principal());
        changes.register(project, actor);
        return seeOther("/projects/" + project.name());
    }

    @GetMapping("/projects/{project}")
    Page show(@PathVariable String project) {
        var latest = runs.page(ofProject(project), Optional.empty(), SHOWN).runs();
        var registered = projects.find(project);
        if (registered.isEmpty() && latest.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return Page.of("projects/project", project)
                .with("now", clock.instant())
                .with("project", project)
                .with("registered", registered)
                .with("runs", latest)
                .with(
                        "serving",
                        deployments.serving().stream()
                                .filter(each -> each.project().equals(project))
                                .toList())
                .with("open", findings.counts(open(project)).bySeverity())
                .with(
                        "findings",
                        findings.page(open(project), Findings.Order.WORST, Optional.empty(), SHOWN)
                                .findings())
                .with("maySettle", may("/projects/%s/settings".formatted(project)))
                .with("maySeeSecrets", may(HttpMethod.GET, "/projects/%s/secrets".formatted(project)))
                .with("maySeeLedger", may(HttpMethod.GET, "/ledger"));
    }

    @GetMapping("/projects/{project}/settings")
    Page settings(@PathVariable String project) {
        return Page.of("projects/settings", "Settings of " + project).with("project", find(project));
    }

    @PostMapping("/projects/{project}/settings")
    ResponseEntity<Void> settle(
            @PathVariable String project, @ModelAttribute ProjectForm form, HttpServletRequest request) {
        var before = find(project);
        changes.change(
                new RegisteredProject(
                        project,
                        form.address(project),
                        form.forge(),
                        form.branch(),
                        form.places(),
                        form.settings(),
                        before.createdAt(),
                        before.createdBy(),
                        before.archived()),
                access.actor(request));
        return seeOther("/projects/" + project);
    }

    private RegisteredProject find(String project) {
        return projects.find(project).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private boolean may(String path) {
        return may(HttpMethod.POST, path);
    }

    private boolean may(HttpMethod method, String path) {
        return access.principal()
                .filter(one -> access.allows(one, method, path))
                .isPresent();
    }

    private static RunFilter ofProject(String project) {
        return new RunFilter(
                Optional.of(project), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static FindingFilter open(String project) {
        return FindingFilter.ALL.ofProject(project).in(FindingState.OPEN);
    }

    private static ResponseEntity<Void> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }
}
