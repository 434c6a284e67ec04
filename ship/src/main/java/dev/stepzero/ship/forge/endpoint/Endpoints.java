package dev.stepzero.ship.forge.endpoint;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.SealingKey;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.webhook.Authentication;
import dev.stepzero.ship.forge.webhook.WebhookSecret;
import dev.stepzero.ship.forge.webhook.WebhookSecrets;
import dev.stepzero.ship.git.Remote;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables {@code forge_project} and {@code forge_secret}. Secrets and tokens are sealed for their project with a key
 * that the database does not have.
 */
public final class Endpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");
    private static final int MOST_SECRETS = 2;

    private final Jdbi jdbi;
    private final SealingKey key;
    private final Clock clock;

    public Endpoints(Jdbi jdbi, SealingKey key, Clock clock) {
        this.jdbi = jdbi;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Adds a project, or changes it; its secrets stay.
     *
     * @throws UserError if its name cannot stand in an address, or its forge is changed while its secrets are the old one's
     */
    public void put(ForgeProject project) {
        if (!NAME.matcher(project.name()).matches() || project.name().contains("..") || endsLikeRepository(project)) {
            throw UserError.usage("'%s' cannot be the name of a project".formatted(project.name()))
                    .fix("write up to 64 small letters, digits, dots, dashes or underscores; .git is no end of a name");
        }
        var token = project.remote().token();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into forge_project (name, forge, repository, remote, remote_user, remote_token, main_branch,
                                                   checked_branches, shipped_tags, changed_at)
                        values (:name, :forge, :repository, :remote, :user, :token, :main, :checked, :tags, :now)
                        on conflict (name) do update set forge = excluded.forge, repository = excluded.repository,
                            remote = excluded.remote, remote_user = excluded.remote_user,
                            remote_token = excluded.remote_token, main_branch = excluded.main_branch,
                            checked_branches = excluded.checked_branches, shipped_tags = excluded.shipped_tags,
                            changed_at = excluded.changed_at""")
                .bind("name", project.name())
                .bind("forge", project.forge().label())
                .bind("repository", project.repository())
                .bind("remote", project.remote().address().toString())
                .bind("user", token.map(Remote.Token::user).orElse(null))
                .bind(
                        "token",
                        token.map(one -> seal("token", project.name(), one.secret()))
                                .orElse(null))
                .bind("main", project.mainBranch())
                .bind("checked", project.checkedBranches())
                .bindArray("tags", String.class, project.shippedTags())
                .bind("now", clock.instant())
                .execute());
    }

    /** An address ends with .git, which is no part of the name. */
    private static boolean endsLikeRepository(ForgeProject project) {
        return project.name().endsWith(".git");
    }

    /**
     * Adds a secret beside the one that there is; of three the oldest no longer counts.
     *
     * @throws UserError if there is no such project, or the secret is empty, short, or of another forge's kind
     */
    public void addSecret(String project, String text) {
        var secrets = WebhookSecrets.of(text);
        jdbi.useTransaction(handle -> {
            var there = handle.createQuery("select forge from forge_project where name = :project for update")
                    .bind("project", project)
                    .mapTo(String.class)
                    .findOne();
            if (there.isEmpty()) {
                throw UserError.usage("there is no project '%s'".formatted(project))
                        .fix("add it first");
            }
            var _ = new Authentication(Forge.parse(there.get()), secrets, clock);
            handle.createUpdate("insert into forge_secret (project, sealed, made_at) values (:project, :sealed, :now)")
                    .bind("project", project)
                    .bind("sealed", seal("webhook", project, text))
                    .bind("now", clock.instant())
                    .execute();
            keepNewest(handle, project, MOST_SECRETS);
        });
    }

    /** Ends the older of two secrets, now that the forge uses the newer one. */
    public void endOldSecret(String project) {
        jdbi.useHandle(handle -> keepNewest(handle, project, 1));
    }

    private static void keepNewest(Handle handle, String project, int most) {
        handle.createUpdate("""
                        delete from forge_secret where project = :project and id not in
                            (select id from forge_secret where project = :project order by id desc limit :most)""").bind("project", project).bind("most", most).execute();
    }

    /** One project. */
    public Optional<ForgeProject> find(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from forge_project where name = :name")
                .bind("name", name)
                .map((row, context) -> project(row))
                .findOne());
    }

    /**
     * All projects with what their deliveries are believed by, by name. One whose sealed values do not open is left out,
     * so that it keeps no other from being heard.
     */
    public Map<String, Endpoint> all() {
        return jdbi.withHandle(handle -> {
            var boxes = new HashMap<String, List<byte[]>>();
            handle.createQuery("select project, sealed from forge_secret order by id desc")
                    .map((row, context) -> Map.entry(row.getString("project"), row.getBytes("sealed")))
                    .forEach(row -> boxes.computeIfAbsent(row.getKey(), name -> new ArrayList<>())
                            .add(row.getValue()));
            var all = new HashMap<String, Endpoint>();
            handle.createQuery("select * from forge_project")
                    .map((row, context) -> endpoint(row, boxes))
                    .forEach(found -> found.ifPresent(
                            endpoint -> all.put(endpoint.project().name(), endpoint)));
            return Map.copyOf(all);
        });
    }

    private Optional<Endpoint> endpoint(ResultSet row, Map<String, List<byte[]>> boxes) throws SQLException {
        var name = row.getString("name");
        try {
            var secrets = boxes.getOrDefault(name, List.of()).stream()
                    .map(one -> WebhookSecret.of(open("webhook", name, one)))
                    .toList();
            var project = project(row);
            return Optional.of(new Endpoint(
                    project,
                    secrets.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Authentication(project.forge(), new WebhookSecrets(secrets), clock))));
        } catch (UserError e) {
            LOG.warn("project {} hears no forge: {}", name, e.what());
            return Optional.empty();
        }
    }

    private ForgeProject project(ResultSet row) throws SQLException {
        var name = row.getString("name");
        var user = Optional.ofNullable(row.getString("remote_user"));
        var token = Optional.ofNullable(row.getBytes("remote_token"));
        return new ForgeProject(
                name,
                Forge.parse(row.getString("forge")),
                row.getString("repository"),
                new Remote(
                        URI.create(row.getString("remote")),
                        token.map(box -> new Remote.Token(user.orElse(""), open("token", name, box)))),
                row.getString("main_branch"),
                row.getBoolean("checked_branches"),
                List.of((String[]) row.getArray("shipped_tags").getArray()));
    }

    private byte[] seal(String use, String project, String text) {
        return key.seal(text.getBytes(StandardCharsets.UTF_8), "forge " + use + " of " + project);
    }

    private String open(String use, String project, byte[] box) {
        return new String(key.open(box, "forge " + use + " of " + project), StandardCharsets.UTF_8);
    }
}
