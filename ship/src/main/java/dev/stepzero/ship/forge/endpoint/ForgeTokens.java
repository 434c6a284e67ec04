package dev.stepzero.ship.forge.endpoint;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.SealingKey;
import dev.stepzero.ship.git.GitCredentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * What Stepzero itself shows to forges, in the table {@code project_forge}: by which repositories are fetched that are
 * not public, and runs are told back. Sealed as secrets are.
 */
public final class ForgeTokens implements GitCredentials {
    private static final int LONGEST = 4_000;

    private final Jdbi jdbi;
    private final SealingKey key;
    private final Clock clock;

    public ForgeTokens(Jdbi jdbi, SealingKey key, Clock clock) {
        this.jdbi = jdbi;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Sets a project's token, or takes it away.
     *
     * @param login empty or absent: there is none any more
     * @throws UserError if there is no such project, or the token cannot be one
     */
    public void set(String project, Optional<Login> login) {
        login.map(Login::password).ifPresent(ForgeTokens::check);
        var changed = jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into project_forge (project, login, token, changed_at)
                        select name, :login, :token, cast(:now as timestamptz) from project where name = :project
                        on conflict (project) do update set login = excluded.login, token = excluded.token,
                            changed_at = excluded.changed_at""")
                .bind("project", project)
                .bind("login", login.map(Login::user).orElse(""))
                .bind(
                        "token",
                        login.map(Login::password)
                                .map(text -> key.seal(text.getBytes(StandardCharsets.UTF_8), purpose(project)))
                                .orElse(null))
                .bind("now", clock.instant())
                .execute());
        if (changed == 0) {
            throw UserError.usage("there is no project '%s'".formatted(project)).fix("register it first");
        }
    }

    private static void check(String token) {
        if (token.isBlank() || token.length() > LONGEST || token.chars().anyMatch(each -> each <= ' ' || each > '~')) {
            throw UserError.usage("this cannot be a token").fix("paste it as the forge shows it");
        }
    }

    /** Whether a project has a token, whether it opens or not. */
    public boolean has(String project) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select from project_forge where project = :project and token is not null)")
                .bind("project", project)
                .mapTo(Boolean.class)
                .one());
    }

    /** The token of a project; empty if it has none. @throws UserError if it does not open with our key */
    public Optional<Login> of(String project) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "select login, token from project_forge where project = :project and token is not null")
                        .bind("project", project)
                        .map((row, context) -> Map.entry(row.getString("login"), row.getBytes("token")))
                        .findOne())
                .map(row -> new Login(
                        row.getKey(), new String(key.open(row.getValue(), purpose(project)), StandardCharsets.UTF_8)));
    }

    /** GitHub, GitLab, Gitea and Bitbucket take any name beside a token, where none is given. */
    @Override
    public Optional<Login> of(String project, URI url) {
        return "https".equals(url.getScheme())
                ? of(project).map(login -> new Login(login.user().isEmpty() ? "git" : login.user(), login.password()))
                : Optional.empty();
    }

    private static String purpose(String project) {
        return "forge token of " + project;
    }
}
