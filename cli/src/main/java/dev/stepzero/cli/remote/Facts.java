package dev.stepzero.cli.remote;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.SecretId;
import dev.stepzero.guard.secrets.SecretScope;
import dev.stepzero.guard.secrets.SecretSummary;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.Run;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.engine.RunOrigin;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.RunSummary;
import dev.stepzero.ship.engine.StepRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a server's answers as what the same commands show of this machine. */
public final class Facts {
    private Facts() {}

    public static RunSummary run(JsonNode json) {
        return read(json, run -> {
            var key = new RunKey(
                    text(run, "project"),
                    text(run, "environment"),
                    text(run, "target"),
                    text(run, "commit"),
                    "",
                    Purpose.parse(text(run, "purpose")),
                    TrustClass.parse(text(run, "trust")),
                    text(run, "ref"));
            var pullRequest = run.has("pullRequest") ? run.path("pullRequest").longValue() : null;
            return new RunSummary(
                    new Run(run.path("id").longValue(), key, time(run, "startedAt"), false),
                    new RunOrigin(text(run, "ref"), pullRequest, text(run, "requestedBy"), null),
                    status(run),
                    maybe(run, "endedAt"),
                    words(run, "reason"));
        });
    }

    public static StepRecord step(JsonNode json) {
        return read(
                json,
                step -> new StepRecord(
                        text(step, "name"),
                        text(step, "stage"),
                        step.path("attempt").intValue(),
                        status(step),
                        time(step, "startedAt"),
                        maybe(step, "endedAt"),
                        words(step, "summary"),
                        words(step, "reason"),
                        step.path("warnings").values().stream()
                                .map(each -> plain(each.asString("")))
                                .toList()));
    }

    public static List<StepRecord> steps(JsonNode run) {
        return run.path("steps").values().stream().map(Facts::step).toList();
    }

    public static Deployment deployment(JsonNode json) {
        return read(
                json,
                each -> new Deployment(
                        each.path("id").longValue(),
                        0,
                        text(each, "project"),
                        text(each, "commit"),
                        Digest.parse(text(each, "image")),
                        true,
                        text(each, "environment"),
                        text(each, "target"),
                        text(each, "kind"),
                        "",
                        text(each, "status"),
                        text(each, "colour"),
                        text(each, "address"),
                        "",
                        time(each, "startedAt"),
                        maybe(each, "endedAt"),
                        words(each, "reason")));
    }

    public static SecretSummary secret(JsonNode json) {
        return read(
                json,
                each -> new SecretSummary(
                        new SecretId(
                                new SecretScope(text(each, "project"), text(each, "environment"), text(each, "step")),
                                text(each, "name")),
                        each.path("version").intValue(),
                        each.path("canary").booleanValue(),
                        time(each, "since"),
                        Optional.ofNullable(maybe(each, "previousUntil")),
                        Optional.ofNullable(maybe(each, "lastUsed"))));
    }

    public static SecretSummary.Version version(JsonNode json) {
        return read(
                json,
                each -> new SecretSummary.Version(
                        each.path("number").intValue(),
                        text(each, "key"),
                        time(each, "made"),
                        Optional.ofNullable(maybe(each, "until"))));
    }

    /** Reads what may be something else than we know. @throws UserError if it is */
    public static <T> T read(JsonNode json, Function<JsonNode, T> reader) {
        try {
            return reader.apply(json);
        } catch (IllegalArgumentException | DateTimeException | tools.jackson.databind.exc.JsonNodeException e) {
            throw UserError.engine("the server says something that this version of stepzero does not know")
                    .fix("use the server's version")
                    .because(e);
        }
    }

    private static RunStatus status(JsonNode json) {
        return RunStatus.valueOf(text(json, "status").toUpperCase(Locale.ROOT));
    }

    /** A text without what could steer the terminal. */
    public static String text(JsonNode json, String name) {
        return plain(json.path(name).asString(""));
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static @Nullable String words(JsonNode json, String name) {
        return json.has(name) ? text(json, name) : null;
    }

    public static Instant time(JsonNode json, String name) {
        return Instant.parse(json.path(name).asString(""));
    }

    private static @Nullable Instant maybe(JsonNode json, String name) {
        return json.has(name) ? time(json, name) : null;
    }
}
