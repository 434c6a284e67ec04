package dev.stepzero.server.secrets;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.SecretId;
import dev.stepzero.guard.secrets.SecretScope;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Choices;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.page.Query;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** Secrets: which there are, since when and who set them; setting, rotating and removing them. No page gives a value. */
@Controller
class SecretsPage {
    private static final int ROWS = 50;

    private final Choices choices;
    private final Access access;
    private final KeptSecrets secrets;
    private final SecretEvents events;
    private final Clock clock;

    SecretsPage(Choices choices, Access access, KeptSecrets secrets, SecretEvents events, Clock clock) {
        this.choices = choices;
        this.access = access;
        this.secrets = secrets;
        this.events = events;
        this.clock = clock;
    }

    /** Which secret an address is about; taken from the path alone, for that is what the matrix judged. */
    record Address(String project, String environment, String step, String name) {
        static Address of(Map<String, String> path) {
            return new Address(
                    part(path, "project"), part(path, "environment"), part(path, "step"), part(path, "name"));
        }

        private static String part(Map<String, String> path, String variable) {
            return path.getOrDefault(variable, "");
        }

        SecretId id() {
            return new SecretId(new SecretScope(project, environment, step), name);
        }

        static String of(SecretId id) {
            var scope = id.scope();
            return "/projects/%s/secrets/%s/%s/%s"
                    .formatted(scope.project(), scope.environment(), scope.step(), id.name());
        }
    }

    @GetMapping("/secrets")
    Page everywhere(
            @RequestParam(defaultValue = "") String project,
            @RequestParam(defaultValue = "") String after,
            HttpServletRequest request) {
        var sight = access.sight(request);
        var chosen = sight.narrowed(project);
        if (chosen.isEmpty() && !sight.everything()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return list(Query.of("/secrets").with("project", chosen.orElse("")), chosen, after)
                .with("projects", choices.projects(sight))
                .with("all", sight.everything())
                .with("overall", true);
    }

    @GetMapping("/projects/{project}/secrets")
    Page ofProject(@PathVariable String project, @RequestParam(defaultValue = "") String after) {
        return list(Query.of("/projects/%s/secrets".formatted(project)), Optional.of(project), after)
                .with("projects", List.of())
                .with("all", false)
                .with("overall", false);
    }

    private Page list(Query query, Optional<String> project, String after) {
        var page = secrets.shown().page(project, parsed(after), ROWS + 1);
        var hasMore = page.size() > ROWS;
        return Page.of("secrets/secrets", project.map("Secrets of "::concat).orElse("Secrets"))
                .with("now", clock.instant())
                .with("query", query)
                .with("chosen", project.orElse(""))
                .with("isFirst", after.isEmpty())
                .with("hasMore", hasMore)
                .with("secrets", hasMore ? page.subList(0, ROWS) : page)
                .with("maySet", project.filter(this::mayChange).isPresent());
    }

    @GetMapping("/projects/{project}/secrets/{environment}/{step}/{name}")
    Page show(@PathVariable Map<String, String> path) {
        var address = Address.of(path);
        var id = address.id();
        var found = secrets.shown().find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return Page.of("secrets/secret", id.name())
                .with("now", clock.instant())
                .with("secret", found)
                .with("path", Address.of(id))
                .with("versions", secrets.shown().versions(id))
                .with("events", events.of(id))
                .with("mayChange", mayChange(address.project()));
    }

    @PostMapping("/projects/{project}/secrets")
    ResponseEntity<Void> set(
            @PathVariable String project,
            @RequestParam String environment,
            @RequestParam String step,
            @RequestParam String name,
            @RequestParam String value,
            @RequestParam(defaultValue = "false") boolean canary,
            HttpServletRequest request)
            throws InterruptedException {
        var id = new Address(project, environment.strip(), step.strip(), name.strip()).id();
        try (var pasted = PastedValue.of(value)) {
            var who = access.actor(request);
            secrets.changedBy(who).create(id, pasted, canary, who.principal());
        }
        return seeOther(Address.of(id));
    }

    /** Both values are valid for the hours that are named; with none of them only the new one. */
    @PostMapping("/projects/{project}/secrets/{environment}/{step}/{name}/rotate")
    ResponseEntity<Void> rotate(
            @PathVariable Map<String, String> path,
            @RequestParam String value,
            @RequestParam int hours,
            HttpServletRequest request)
            throws InterruptedException {
        var address = Address.of(path);
        try (var pasted = PastedValue.of(value)) {
            var who = access.actor(request);
            secrets.changedBy(who).rotate(address.id(), pasted, Duration.ofHours(hours), who.principal());
        }
        return seeOther(Address.of(address.id()));
    }

    @PostMapping("/projects/{project}/secrets/{environment}/{step}/{name}/remove")
    ResponseEntity<Void> remove(
            @PathVariable Map<String, String> path,
            @RequestParam(defaultValue = "") String confirmed,
            HttpServletRequest request) {
        var address = Address.of(path);
        if (!confirmed.equals(address.name())) {
            throw UserError.usage("the secret's name is not what was typed")
                    .fix("type %s to remove it".formatted(address.id().name()));
        }
        var who = access.actor(request);
        secrets.changedBy(who).remove(address.id(), who.principal());
        return seeOther("/projects/%s/secrets".formatted(address.project()));
    }

    private boolean mayChange(String project) {
        return access.principal()
                .filter(one -> access.allows(one, HttpMethod.POST, "/projects/%s/secrets".formatted(project)))
                .isPresent();
    }

    /** Reads {@code PROJECT/ENVIRONMENT/STEP/NAME}, as the link to the next page has it. */
    private static Optional<SecretId> parsed(String after) {
        if (after.isEmpty()) {
            return Optional.empty();
        }
        var parts = after.split("/", -1);
        if (parts.length != Address.class.getRecordComponents().length) {
            throw UserError.usage("'%.60s' is no place in the list".formatted(after))
                    .fix("begin at the beginning");
        }
        return Optional.of(new Address(parts[0], parts[1], parts[2], parts[3]).id());
    }

    private static ResponseEntity<Void> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }
}
