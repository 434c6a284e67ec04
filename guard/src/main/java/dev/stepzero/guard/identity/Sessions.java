package dev.stepzero.guard.identity;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Where people are signed in. A session ends {@link #LONGEST} after it began and {@link #IDLE} after it was last used,
 * is bound to the browser that began it, and can be ended from anywhere.
 */
public final class Sessions {
    public static final Duration LONGEST = Duration.ofHours(12);
    public static final Duration IDLE = Duration.ofHours(1);

    /** How much later than the last note of its use a session is noted again. */
    private static final Duration NOTED = Duration.ofMinutes(1);

    private static final int AGENT_LENGTH = 200;
    private static final String SELECT =
            "SELECT id, person_id, factors, address, agent, created_at, seen_at, expires_at FROM session WHERE ";

    private final Jdbi jdbi;
    private final Clock clock;
    private final SecureRandom random;

    public Sessions(Jdbi jdbi, Clock clock, SecureRandom random) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.random = random;
    }

    /** Begins a session and gives the secret that its cookie holds. */
    public Secret begin(long person, Set<Factor> factors, Source source) {
        var secret = Secret.random("", random);
        var now = clock.instant();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO session (secret_hash, person_id, factors, address, agent,
                                             created_at, seen_at, expires_at)
                        VALUES (:hash, :person, :factors, :address, :agent, :now, :now, :expires)""")
                .bind("hash", secret.hash())
                .bind("person", person)
                .bindArray("factors", String.class, words(factors))
                .bind("address", source.address())
                .bind("agent", shortened(source.agent()))
                .bind("now", at(now))
                .bind("expires", at(now.plus(LONGEST)))
                .execute());
        return secret;
    }

    /** The living session of a cookie's secret, if its person may still sign in and the browser is the same. */
    public Optional<Session> find(Secret secret, Source source) {
        var now = clock.instant();
        var found = jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        secret_hash = :hash AND expires_at > :now AND seen_at > :idle
                         AND EXISTS (SELECT FROM person WHERE person.id = person_id AND active)""")
                .bind("hash", secret.hash())
                .bind("now", at(now))
                .bind("idle", at(now.minus(IDLE)))
                .map((rows, context) -> session(rows))
                .findOne());
        var session = found.filter(one -> one.agent().equals(shortened(source.agent())));
        session.filter(one ->
                        one.seen().plus(NOTED).isBefore(now) || !one.address().equals(source.address()))
                .ifPresent(one -> note(one.id(), source, now));
        return session;
    }

    /** Somebody's living sessions, the last used first. */
    public List<Session> of(long person) {
        var now = clock.instant();
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        person_id = :person AND expires_at > :now AND seen_at > :idle
                         ORDER BY seen_at DESC, id DESC""")
                .bind("person", person)
                .bind("now", at(now))
                .bind("idle", at(now.minus(IDLE)))
                .map((rows, context) -> session(rows))
                .list());
    }

    /**
     * Everybody's living sessions, those that began last first.
     *
     * @param before only those of a lower number
     */
    public List<Session> page(Optional<Long> before, int most) {
        var now = clock.instant();
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        expires_at > :now AND seen_at > :idle AND id < :before ORDER BY id DESC LIMIT :most""")
                .bind("now", at(now))
                .bind("idle", at(now.minus(IDLE)))
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("most", most)
                .map((rows, context) -> session(rows))
                .list());
    }

    /** Whose session it is. */
    public Optional<Long> owner(long session) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT person_id FROM session WHERE id = :id")
                .bind("id", session)
                .mapTo(Long.class)
                .findOne());
    }

    /** Ends one of somebody's sessions; false if there is none of that number. */
    public boolean end(long person, long session) {
        return jdbi.withHandle(
                        handle -> handle.createUpdate("DELETE FROM session WHERE id = :id AND person_id = :person")
                                .bind("id", session)
                                .bind("person", person)
                                .execute())
                > 0;
    }

    /** Ends all of somebody's sessions. */
    public void endAll(long person) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM session WHERE person_id = :person")
                .bind("person", person)
                .execute());
    }

    /** Deletes those that have ended by themselves. */
    public void sweep() {
        var now = clock.instant();
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM session WHERE expires_at <= :now OR seen_at <= :idle")
                .bind("now", at(now))
                .bind("idle", at(now.minus(IDLE)))
                .execute());
    }

    private void note(long session, Source source, Instant now) {
        jdbi.useHandle(
                handle -> handle.createUpdate("UPDATE session SET seen_at = :now, address = :address WHERE id = :id")
                        .bind("now", at(now))
                        .bind("address", source.address())
                        .bind("id", session)
                        .execute());
    }

    private static Session session(ResultSet rows) throws SQLException {
        var factors = (String[]) rows.getArray("factors").getArray();
        return new Session(
                rows.getLong("id"),
                rows.getLong("person_id"),
                Arrays.stream(Factor.values())
                        .filter(factor -> Arrays.asList(factors).contains(factor.word()))
                        .collect(Collectors.toUnmodifiableSet()),
                rows.getString("address"),
                rows.getString("agent"),
                instant(rows, "created_at"),
                instant(rows, "seen_at"),
                instant(rows, "expires_at"));
    }

    private static Object[] words(Set<Factor> factors) {
        return factors.stream().map(Factor::word).sorted().toArray();
    }

    private static String shortened(String agent) {
        return agent.length() <= AGENT_LENGTH ? agent : agent.substring(0, AGENT_LENGTH);
    }

    private static Instant instant(ResultSet rows, String column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
