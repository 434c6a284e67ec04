package dev.stepzero.guard.identity;

import dev.stepzero.core.UserError;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The tokens of programs. Each is for one role in one place, reads or also writes, ends by itself, and is shown once. It
 * never gives more than its person still has.
 */
public final class ApiTokens {
    public static final String PREFIX = "stepzero_";
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final Duration NOTED = Duration.ofMinutes(1);
    private static final int LONGEST_NAME = 100;
    private static final String SELECT = "SELECT id, name, person_id, role, project, writes, created_at, expires_at,"
            + " used_at, used_from FROM api_token WHERE ";

    private final Jdbi jdbi;
    private final Clock clock;
    private final SecureRandom random;

    public ApiTokens(Jdbi jdbi, Clock clock, SecureRandom random) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes a token for somebody's program.
     *
     * @param roles what the person has now; a token for more is refused
     */
    public Secret create(Person person, Roles roles, String name, Grant grant, boolean writes, Duration life) {
        if (!covers(roles, grant)) {
            throw UserError.usage("you are not " + grant).fix("choose a role that you have there");
        }
        return create(Optional.of(person.id()), Optional.empty(), name, grant, writes, life);
    }

    /**
     * Makes a token for a machine that proved itself.
     *
     * @param trust the number of the rule that it is given by, with which it ends
     */
    public Secret createForMachine(String name, Grant grant, Duration life, long trust) {
        return create(Optional.empty(), Optional.of(trust), name, grant, true, life);
    }

    private Secret create(
            Optional<Long> person, Optional<Long> trust, String name, Grant grant, boolean writes, Duration life) {
        var called = name.strip();
        if (called.isEmpty() || called.length() > LONGEST_NAME) {
            throw UserError.usage("a token needs a name of 1 to %d characters".formatted(LONGEST_NAME))
                    .fix("name what will use it");
        }
        if (!life.isPositive() || life.compareTo(LONGEST) > 0) {
            throw UserError.usage("a token lives from one to %d days".formatted(LONGEST.toDays()))
                    .fix("choose an earlier end");
        }
        var secret = Secret.random(PREFIX, random);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO api_token (secret_hash, name, person_id, trust_id, role, project, writes,
                                               created_at, expires_at)
                        VALUES (:hash, :name, :person, :trust, :role, :project, :writes, :now, :expires)""")
                .bind("hash", secret.hash())
                .bind("name", called)
                .bind("person", person.orElse(null))
                .bind("trust", trust.orElse(null))
                .bind("role", grant.role().word())
                .bind("project", grant.project().orElse(null))
                .bind("writes", writes)
                .bind("now", at(clock.instant()))
                .bind("expires", at(clock.instant().plus(life)))
                .execute());
        return secret;
    }

    /** Whether somebody has what a token would give. */
    public static boolean covers(Roles roles, Grant grant) {
        return grant.project()
                .map(project -> roles.in(project).contains(grant.role()))
                .orElseGet(() -> roles.everywhere().contains(grant.role()));
    }

    /** The living token of a secret. */
    public Optional<ApiToken> find(Secret secret, Source source) {
        if (!secret.text().startsWith(PREFIX)) {
            return Optional.empty();
        }
        var now = clock.instant();
        var found = jdbi.withHandle(handle -> handle.createQuery(SELECT + "secret_hash = :hash AND expires_at > :now")
                        .bind("hash", secret.hash())
                        .bind("now", at(now))
                        .map((rows, context) -> token(rows))
                        .findOne())
                .flatMap(token -> token);
        found.filter(token ->
                        token.used().isEmpty() || token.used().get().plus(NOTED).isBefore(now))
                .ifPresent(token -> jdbi.useHandle(handle -> handle.execute(
                        "UPDATE api_token SET used_at = ?, used_from = ? WHERE id = ?",
                        at(now),
                        source.address(),
                        token.id())));
        return found;
    }

    /** Somebody's tokens, the newest first. */
    public List<ApiToken> of(long person) {
        return jdbi.withHandle(handle -> handle
                .createQuery(SELECT + "person_id = :person AND expires_at > :now ORDER BY id DESC")
                .bind("person", person)
                .bind("now", at(clock.instant()))
                .map((rows, context) -> token(rows))
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    /** The living token of a number. */
    public Optional<ApiToken> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "id = :id AND expires_at > :now")
                        .bind("id", id)
                        .bind("now", at(clock.instant()))
                        .map((rows, context) -> token(rows))
                        .findOne())
                .flatMap(token -> token);
    }

    /**
     * The living tokens of all people and machines, the newest first.
     *
     * @param before only those of a lower number
     */
    public List<ApiToken> page(Optional<Long> before, int most) {
        return jdbi.withHandle(handle -> handle
                .createQuery(SELECT + "expires_at > :now AND id < :before ORDER BY id DESC LIMIT :most")
                .bind("now", at(clock.instant()))
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("most", most)
                .map((rows, context) -> token(rows))
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    /** Takes a token back, whoever has it; empty if there is none of that number. */
    public Optional<String> revoke(long token) {
        return jdbi.withHandle(handle -> handle.createQuery("DELETE FROM api_token WHERE id = :id RETURNING name")
                .bind("id", token)
                .mapTo(String.class)
                .findOne());
    }

    /** Takes one of somebody's tokens back; false if there is none of that number. */
    public boolean revoke(long person, long token) {
        return jdbi.withHandle(
                        handle -> handle.execute("DELETE FROM api_token WHERE id = ? AND person_id = ?", token, person))
                > 0;
    }

    /** Deletes those that have ended. */
    public void sweep() {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM api_token WHERE expires_at <= ?", at(clock.instant())));
    }

    /** A token for a role that this program does not know gives nothing. */
    private static Optional<ApiToken> token(ResultSet rows) throws SQLException {
        var role = Role.of(rows.getString("role"));
        if (role.isEmpty()) {
            return Optional.empty();
        }
        var used = Optional.ofNullable(rows.getObject("used_at", OffsetDateTime.class));
        return Optional.of(new ApiToken(
                rows.getLong("id"),
                rows.getString("name"),
                Optional.ofNullable(rows.getObject("person_id", Long.class)),
                new Grant(role.get(), Optional.ofNullable(rows.getString("project"))),
                rows.getBoolean("writes"),
                rows.getObject("created_at", OffsetDateTime.class).toInstant(),
                rows.getObject("expires_at", OffsetDateTime.class).toInstant(),
                used.map(OffsetDateTime::toInstant),
                rows.getString("used_from")));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
