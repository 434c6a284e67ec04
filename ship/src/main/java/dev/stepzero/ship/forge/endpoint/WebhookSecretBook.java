package dev.stepzero.ship.forge.endpoint;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.SealingKey;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.webhook.Authentication;
import dev.stepzero.ship.forge.webhook.WebhookSecret;
import dev.stepzero.ship.forge.webhook.WebhookSecrets;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The table {@code webhook_secret}. Secrets are sealed for their project with a key that the database does not have. A
 * new one counts beside the one that there is, which counts for a while longer.
 */
public final class WebhookSecretBook {
    private final Jdbi jdbi;
    private final Projects projects;
    private final SealingKey key;
    private final Clock clock;

    public WebhookSecretBook(Jdbi jdbi, Projects projects, SealingKey key, Clock clock) {
        this.jdbi = jdbi;
        this.projects = projects;
        this.key = key;
        this.clock = clock;
    }

    /**
     * One that counts, without what it is.
     *
     * @param ends until when it counts; empty: until another one comes
     */
    public record Made(Instant at, Optional<Instant> ends) {}

    /**
     * Adds a secret. The newest that there was counts for a while longer, those before it no more.
     *
     * @throws UserError if there is no such project, or the secret is empty, short, or of another forge's kind
     */
    public void add(String project, String text, Duration oldCountsFor) {
        var secrets = WebhookSecrets.of(text);
        var forge = projects.find(project)
                .map(found -> Forge.parse(found.provider()))
                .orElseThrow(() -> UserError.usage("there is no project '%s'".formatted(project))
                        .fix("register it first"));
        var _ = new Authentication(forge, secrets, clock);
        var now = clock.instant();
        jdbi.useTransaction(handle -> {
            // Two that come at once take turns, so that no third one is left.
            handle.createQuery("select 1 from project where name = :project for update")
                    .bind("project", project)
                    .mapTo(Integer.class)
                    .one();
            handle.createUpdate("""
                            delete from webhook_secret where project = :project and (ends_at is not null or id not in
                                (select max(id) from webhook_secret where project = :project))""").bind("project", project).execute();
            handle.createUpdate("update webhook_secret set ends_at = :ends where project = :project")
                    .bind("ends", now.plus(oldCountsFor))
                    .bind("project", project)
                    .execute();
            handle.createUpdate(
                            "insert into webhook_secret (project, sealed, made_at) values (:project, :sealed, :now)")
                    .bind("project", project)
                    .bind("sealed", key.seal(text.getBytes(StandardCharsets.UTF_8), purpose(project)))
                    .bind("now", now)
                    .execute();
        });
    }

    /** Ends the older of two secrets at once; false if there is only one. */
    public boolean endOld(String project) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "delete from webhook_secret where project = :project and ends_at is not null")
                        .bind("project", project)
                        .execute())
                > 0;
    }

    /** Those of a project that count now, the newest first. */
    public List<Made> of(String project) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select made_at, ends_at from webhook_secret
                        where project = :project and (ends_at is null or ends_at > :now) order by id desc""")
                .bind("project", project)
                .bind("now", clock.instant())
                .map((row, context) -> new Made(
                        row.getTimestamp("made_at").toInstant(),
                        Optional.ofNullable(row.getTimestamp("ends_at")).map(java.sql.Timestamp::toInstant)))
                .list());
    }

    /** Sealed secrets that count now, by their project, the newest first. */
    Map<String, List<byte[]>> sealed() {
        var all = new HashMap<String, List<byte[]>>();
        jdbi.useHandle(handle -> handle.createQuery("""
                        select project, sealed from webhook_secret
                        where ends_at is null or ends_at > :now order by id desc""")
                .bind("now", clock.instant())
                .map((row, context) -> Map.entry(row.getString("project"), row.getBytes("sealed")))
                .forEach(row -> all.computeIfAbsent(row.getKey(), name -> new ArrayList<>())
                        .add(row.getValue())));
        return all;
    }

    /** @throws UserError if it was sealed by another key, or altered */
    WebhookSecret open(String project, byte[] box) {
        return WebhookSecret.of(new String(key.open(box, purpose(project)), StandardCharsets.UTF_8));
    }

    private static String purpose(String project) {
        return "webhook secret of " + project;
    }
}
