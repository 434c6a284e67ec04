package dev.stepzero.cli;

import dev.stepzero.cli.remote.Facts;
import dev.stepzero.cli.remote.Server;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.SecretId;
import dev.stepzero.guard.secrets.SecretSummary;
import dev.stepzero.guard.secrets.SecretValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The secrets of a server. */
record RemoteSecrets(Server server) {
    private static final int MOST = 10_000;

    List<SecretSummary> list(Optional<String> project) throws InterruptedException {
        var projects = new ArrayList<String>();
        if (project.isPresent()) {
            projects.add(project.get());
        } else {
            server.list("/api/v1/projects", Map.of(), MOST).forEach(each -> projects.add(Facts.text(each, "name")));
        }
        var secrets = new ArrayList<SecretSummary>();
        for (var each : projects) {
            server.list(Server.of(each, "/secrets"), Map.of(), MOST).forEach(one -> secrets.add(Facts.secret(one)));
        }
        return secrets;
    }

    void create(SecretId id, SecretValue value, boolean canary) throws InterruptedException {
        var scope = id.scope();
        server.post(
                Server.of(scope.project(), "/secrets"),
                Map.of(
                        "environment", scope.environment(),
                        "step", scope.step(),
                        "name", id.name(),
                        "value", text(value),
                        "canary", canary));
    }

    int rotate(SecretId id, SecretValue value, Duration overlap) throws InterruptedException {
        var sent = Map.of("value", text(value), "overlapSeconds", overlap.toSeconds());
        return server.post(path(id) + "/versions", sent).path("version").intValue();
    }

    void remove(SecretId id) throws InterruptedException {
        server.delete(path(id));
    }

    List<SecretSummary.Version> versions(SecretId id) throws InterruptedException {
        return server.get(path(id) + "/versions").values().stream()
                .map(Facts::version)
                .toList();
    }

    private static String path(SecretId id) {
        var scope = id.scope();
        return Server.of(
                scope.project(),
                "/secrets/%s/%s/%s"
                        .formatted(
                                Server.segment(scope.environment()),
                                Server.segment(scope.step()),
                                Server.segment(id.name())));
    }

    /** JSON holds texts only. */
    private static String text(SecretValue value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.copy()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw UserError.usage("a server takes secrets that are text in UTF-8")
                    .fix("encode it, such as with base64")
                    .because(e);
        }
    }
}
