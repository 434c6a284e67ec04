package dev.stepzero.server.api;

import dev.stepzero.core.Severity;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Body;
import dev.stepzero.server.api.answer.Filters;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.answer.Paged;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.server.projects.ChangedProjects;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.server.ResponseStatusException;

/** Projects and their settings. */
@Controller
class ProjectsApi {
    private final Access access;
    private final Projects projects;
    private final ChangedProjects changes;

    ProjectsApi(Access access, Projects projects, ChangedProjects changes) {
        this.access = access;
        this.projects = projects;
        this.changes = changes;
    }

    /** A project, as everybody sees it who sees it at all. */
    record Project(
            String name,
            String cloneUrl,

            @Says("The forge that the repository is at, or `stepzero`.")
            String provider,

            String protectedBranch,

            @Says("Where its commits are shipped to, in this order.")
            List<String> environments,

            Instant createdAt,
            String createdBy,
            Optional<Instant> archivedAt) {
        static Project of(RegisteredProject project) {
            return new Project(
                    project.name(),
                    project.cloneUrl(),
                    project.provider(),
                    project.protectedBranch(),
                    project.environments(),
                    project.createdAt(),
                    project.createdBy(),
                    project.archivedAt());
        }
    }

    /** What is decided about a project, and no commit can change. */
    record Settings(
            String cloneUrl,

            @Says(value = "The forge that the repository is at, or `stepzero`.", longest = 40)
            String provider,

            @Says(value = "The branch whose commits are shipped.", longest = 200)
            String protectedBranch,

            @Says(value = "Where its commits are shipped to, in this order.", longest = 40)
            List<String> environments,

            @Says("The project's directory below the repository's root.")
            Optional<String> directory,

            @Says("The severity from which on the gate blocks at the latest.")
            Optional<Severity> failOn,

            @Says("Whether changes from forks may run as plain processes where no container engine answers.")
            Optional<Boolean> foreignInProcesses) {
        static Settings of(RegisteredProject project) {
            var settings = project.settings();
            return new Settings(
                    project.cloneUrl(),
                    project.provider(),
                    project.protectedBranch(),
                    project.environments(),
                    Optional.of(settings.directory()),
                    settings.failOn(),
                    Optional.of(settings.foreignInProcesses()));
        }

        ProjectSettings decided() {
            return new ProjectSettings(directory.orElse(""), failOn, foreignInProcesses.orElse(false));
        }
    }

    /** A project that is to be registered. */
    record NewProject(
            @Says(value = "The application's name, as its `stepzero.yaml` has it.", longest = 40)
            String name,

            Settings settings) {}

    @GetMapping("/api/v1/projects")
    @Operation("The projects that the caller sees, by name.")
    Answer<Paged<Project>> list(@Filters PageQuery query) {
        var sight = access.sight();
        var after = query.after().orElse("");
        var rows = sight.everything()
                ? projects.page(after, query.size() + 1, true)
                : sight.projects().stream()
                        .filter(name -> name.compareTo(after) > 0)
                        .limit(query.size() + 1L)
                        .flatMap(name -> projects.find(name).stream())
                        .toList();
        return Answer.of(Paged.of(rows, query.size(), Project::of, RegisteredProject::name));
    }

    @PostMapping("/api/v1/projects")
    @Operation(value = "Registers a project.", status = 201)
    Answer<Project> register(@Body NewProject project, HttpServletRequest request) {
        var who = access.actor(request);
        var settings = project.settings();
        var made = changes.register(
                RegisteredProject.of(
                        project.name(),
                        settings.cloneUrl(),
                        settings.provider(),
                        settings.protectedBranch(),
                        settings.environments(),
                        settings.decided(),
                        who.principal()),
                who);
        return Answer.created("/api/v1/projects/" + made.name(), Project.of(made));
    }

    @GetMapping("/api/v1/projects/{project}")
    @Operation("One project.")
    Answer<Project> show(@PathVariable String project) {
        return Answer.of(Project.of(find(project)));
    }

    @GetMapping("/api/v1/projects/{project}/settings")
    @Operation("What is decided about a project, and no commit can change.")
    Answer<Settings> settings(@PathVariable String project) {
        return Answer.of(Settings.of(find(project)));
    }

    @PutMapping("/api/v1/projects/{project}/settings")
    @Operation("Decides anew about a project; what is left out is as if it were never said.")
    Answer<Settings> settle(@PathVariable String project, @Body Settings settings, HttpServletRequest request) {
        var before = find(project);
        var changed = changes.change(
                new RegisteredProject(
                        project,
                        settings.cloneUrl(),
                        settings.provider(),
                        settings.protectedBranch(),
                        settings.environments(),
                        settings.decided(),
                        before.createdAt(),
                        before.createdBy(),
                        before.archived()),
                access.actor(request));
        return Answer.of(Settings.of(changed));
    }

    private RegisteredProject find(String project) {
        return projects.find(project).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
