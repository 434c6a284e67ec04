package dev.stepzero.server.api;

import dev.stepzero.guard.secrets.SecretId;
import dev.stepzero.guard.secrets.SecretScope;
import dev.stepzero.guard.secrets.SecretStore;
import dev.stepzero.guard.secrets.SecretSummary;
import dev.stepzero.guard.secrets.SecretValue;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Body;
import dev.stepzero.server.api.answer.Filters;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.answer.Paged;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.server.secrets.KeptSecrets;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** Secrets of runs: which there are, and new values for them. None is ever read back. */
@Controller
class SecretsApi {
    private final Access access;
    private final KeptSecrets secrets;

    SecretsApi(Access access, KeptSecrets secrets) {
        this.access = access;
        this.secrets = secrets;
    }

    /** What may be shown of a secret. */
    record SecretRecord(
            String project,
            String environment,

            @Says("The step that may have it; `deploy` is the application itself where it runs.")
            String step,

            String name,
            @Says("The current one.") int version,

            @Says("Whether a run ends when it shows up in the output.")
            boolean canary,

            @Says("When the current version was made.") Instant since,

            @Says("Until when the version before is valid too.")
            Optional<Instant> previousUntil,

            @Says("When a step last had it.") Optional<Instant> lastUsed) {
        static SecretRecord of(SecretSummary each) {
            var scope = each.id().scope();
            return new SecretRecord(
                    scope.project(),
                    scope.environment(),
                    scope.step(),
                    each.id().name(),
                    each.version(),
                    each.canary(),
                    each.since(),
                    each.previousUntil(),
                    each.lastUsed());
        }
    }

    /** What may be shown of a version. */
    record VersionRecord(
            int number,
            @Says("What wraps its data key.") String key,
            Instant made,

            @Says("Until when it is valid; missing: until the next one comes.")
            Optional<Instant> until) {
        static VersionRecord of(SecretSummary.Version each) {
            return new VersionRecord(each.number(), each.keyId(), each.made(), each.until());
        }
    }

    /** A secret that is to be stored. */
    record NewSecret(
            @Says(value = "Where runs that may have it ship to.", longest = 40)
            String environment,

            @Says(value = "The step that may have it; `deploy` is the application itself where it runs.", longest = 40)
            String step,

            @Says(value = "Capital letters, digits and underscores.", longest = 64)
            String name,

            @Says(value = "The secret.", longest = SecretValue.LONGEST)
            String value,

            @Says("Whether a run ends when it shows up in the output.")
            Optional<Boolean> canary) {
        @Override
        public String toString() {
            return "a secret";
        }
    }

    /** A new value for a secret. */
    record NewVersion(
            @Says(value = "The secret.", longest = SecretValue.LONGEST)
            String value,

            @Says(value = "How long the value before stays valid too.", most = 7_776_000, byDefault = "86400")
            Optional<Integer> overlapSeconds) {
        @Override
        public String toString() {
            return "a secret";
        }
    }

    @GetMapping("/api/v1/projects/{project}/secrets")
    @Operation("The secrets of a project by environment, step and name; never their values.")
    Answer<Paged<SecretRecord>> list(@PathVariable String project, @Filters PageQuery query) {
        var after = query.after().map(cursor -> behind(project, cursor));
        var rows = secrets.shown().page(Optional.of(project), after, query.size() + 1);
        return Answer.of(Paged.of(
                rows,
                query.size(),
                SecretRecord::of,
                each -> String.join(
                        "/",
                        each.id().scope().environment(),
                        each.id().scope().step(),
                        each.id().name())));
    }

    private static SecretId behind(String project, String cursor) {
        var parts = cursor.split("/", -1);
        if (parts.length != 3) {
            throw Paged.broken();
        }
        return new SecretId(new SecretScope(project, parts[0], parts[1]), parts[2]);
    }

    @PostMapping("/api/v1/projects/{project}/secrets")
    @Operation(value = "Stores a new secret.", status = 201)
    Answer<SecretRecord> create(@PathVariable String project, @Body NewSecret secret, HttpServletRequest request)
            throws InterruptedException {
        var who = access.actor(request);
        var id = id(project, secret.environment(), secret.step(), secret.name());
        var store = secrets.changedBy(who);
        try (var value = SecretValue.of(secret.value().getBytes(StandardCharsets.UTF_8))) {
            store.create(id, value, secret.canary().orElse(false), who.principal());
        }
        var path = "/api/v1/projects/%s/secrets/%s/%s/%s/versions"
                .formatted(project, secret.environment(), secret.step(), secret.name());
        return Answer.created(path, SecretRecord.of(store.find(id).orElseThrow()));
    }

    @GetMapping("/api/v1/projects/{project}/secrets/{environment}/{step}/{name}/versions")
    @Operation("The versions of a secret that are kept, the newest first.")
    Answer<List<VersionRecord>> versions(
            @PathVariable String project,
            @PathVariable String environment,
            @PathVariable String step,
            @PathVariable String name) {
        var store = secrets.shown();
        var id = existing(store, id(project, environment, step, name));
        return Answer.of(store.versions(id).stream().map(VersionRecord::of).toList());
    }

    @PostMapping("/api/v1/projects/{project}/secrets/{environment}/{step}/{name}/versions")
    @Operation(value = "Gives a secret a new value; the one before stays valid for a while.", status = 201)
    Answer<SecretRecord> rotate(
            @PathVariable String project,
            @PathVariable String environment,
            @PathVariable String step,
            @PathVariable String name,
            @Body NewVersion version,
            HttpServletRequest request)
            throws InterruptedException {
        var who = access.actor(request);
        var store = secrets.changedBy(who);
        var id = existing(store, id(project, environment, step, name));
        var overlap = version.overlapSeconds().map(Duration::ofSeconds).orElse(SecretStore.OVERLAP);
        try (var value = SecretValue.of(version.value().getBytes(StandardCharsets.UTF_8))) {
            store.rotate(id, value, overlap, who.principal());
        }
        return Answer.created(
                request.getRequestURI(), SecretRecord.of(store.find(id).orElseThrow()));
    }

    @DeleteMapping("/api/v1/projects/{project}/secrets/{environment}/{step}/{name}")
    @Operation(value = "Removes a secret with all its versions.", status = 204)
    Answer<Void> remove(
            @PathVariable String project,
            @PathVariable String environment,
            @PathVariable String step,
            @PathVariable String name,
            HttpServletRequest request) {
        var who = access.actor(request);
        var store = secrets.changedBy(who);
        store.remove(existing(store, id(project, environment, step, name)), who.principal());
        return Answer.done();
    }

    private static SecretId id(String project, String environment, String step, String name) {
        return new SecretId(new SecretScope(project, environment, step), name);
    }

    private static SecretId existing(SecretStore store, SecretId id) {
        if (store.find(id).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return id;
    }
}
