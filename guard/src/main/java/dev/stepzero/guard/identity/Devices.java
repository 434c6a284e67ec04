package dev.stepzero.guard.identity;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Browsers that somebody completed a sign-in with, known by a secret of their own for half a year. */
public final class Devices {
    public static final Duration REMEMBERED = Duration.ofDays(180);

    private final Jdbi jdbi;
    private final Clock clock;
    private final SecureRandom random;

    public Devices(Jdbi jdbi, Clock clock, SecureRandom random) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.random = random;
    }

    /** Remembers a browser. */
    public Secret remember(long person) {
        var secret = Secret.random("", random);
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO known_device (secret_hash, person_id, seen_at) VALUES (?, ?, ?)",
                secret.hash(),
                person,
                now()));
        return secret;
    }

    /** Whether a browser is one of somebody's. */
    public boolean knows(long person, Optional<Secret> secret) {
        return secret.isPresent()
                && jdbi.withHandle(handle -> handle.createUpdate("""
                                UPDATE known_device SET seen_at = :now
                                WHERE secret_hash = :hash AND person_id = :person AND seen_at > :oldest""")
                                .bind("now", now())
                                .bind("hash", secret.get().hash())
                                .bind("person", person)
                                .bind("oldest", now().minus(REMEMBERED))
                                .execute())
                        > 0;
    }

    /** Whether a browser is anybody's at all. */
    public boolean isKnown(Optional<Secret> secret) {
        return secret.isPresent()
                && jdbi.withHandle(handle -> handle.createQuery("""
                                SELECT EXISTS (SELECT FROM known_device
                                               WHERE secret_hash = :hash AND seen_at > :oldest)""")
                        .bind("hash", secret.get().hash())
                        .bind("oldest", now().minus(REMEMBERED))
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Forgets all of somebody's browsers, as after a password was lost. */
    public void forget(long person) {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM known_device WHERE person_id = ?", person));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
