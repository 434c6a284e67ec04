package dev.stepzero.guard.identity;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** One-time links by which people choose a password: the first administrator, who joins, and who lost theirs. */
public final class Invitations {
    public static final Duration FIRST = Duration.ofHours(1);
    public static final Duration USUAL = Duration.ofHours(24);

    private final Jdbi jdbi;
    private final Clock clock;
    private final SecureRandom random;

    public Invitations(Jdbi jdbi, Clock clock, SecureRandom random) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.random = random;
    }

    /** A link for the first administrator in place of all former ones, as long as there is nobody at all. */
    public Optional<Secret> first() {
        return jdbi.inTransaction(handle -> {
            if (hasAnybody(handle)) {
                return Optional.empty();
            }
            handle.execute("DELETE FROM invitation WHERE person_id IS NULL");
            var secret = Secret.random("", random);
            handle.execute("INSERT INTO invitation VALUES (?, NULL, ?)", secret.hash(), now().plus(FIRST));
            return Optional.of(secret);
        });
    }

    /** A link for somebody in place of all their former ones. */
    public Secret invite(long person) {
        return jdbi.inTransaction(handle -> {
            var secret = Secret.random("", random);
            handle.execute("DELETE FROM invitation WHERE person_id = ?", person);
            handle.execute("INSERT INTO invitation VALUES (?, ?, ?)", secret.hash(), person, now().plus(USUAL));
            return secret;
        });
    }

    /**
     * Whom a link is for.
     *
     * @param person their number; empty for the first administrator
     */
    public record Invitation(Optional<Long> person) {}

    /** Looks at a link without using it. The first administrator's is void as soon as there is anybody. */
    public Optional<Invitation> find(Secret secret) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT person_id FROM invitation WHERE secret_hash = :hash AND expires_at > :now
                         AND (person_id IS NOT NULL OR NOT EXISTS (SELECT FROM person))""")
                .bind("hash", secret.hash())
                .bind("now", now())
                .map((rows, context) -> new Invitation(Optional.ofNullable(rows.getObject(1, Long.class))))
                .findOne());
    }

    /** Uses a link up; false if it was used or ran out in the meantime. */
    public boolean use(Secret secret) {
        return jdbi.withHandle(handle -> handle.execute("""
                        DELETE FROM invitation WHERE secret_hash = ? AND expires_at > ?
                         AND (person_id IS NOT NULL OR NOT EXISTS (SELECT FROM person))""", secret.hash(), now())) > 0;
    }

    private static boolean hasAnybody(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM person)")
                .mapTo(Boolean.class)
                .one();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
