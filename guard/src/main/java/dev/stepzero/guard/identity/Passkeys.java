package dev.stepzero.guard.identity;

import dev.stepzero.core.UserError;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The public keys of people's passkeys. Whether a signature is right is judged elsewhere. */
public final class Passkeys {
    private static final int LONGEST_NAME = 100;

    private final Jdbi jdbi;
    private final Clock clock;

    public Passkeys(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What a signature is judged by. */
    public static final class Stored {
        private final long id;
        private final long person;
        private final byte[] publicKey;
        private final long counter;

        private Stored(long id, long person, byte[] publicKey, long counter) {
            this.id = id;
            this.person = person;
            this.publicKey = publicKey;
            this.counter = counter;
        }

        public long id() {
            return id;
        }

        public long person() {
            return person;
        }

        /** Attested credential data. */
        public byte[] publicKey() {
            return publicKey.clone();
        }

        /** How often it signed, as far as it counts. */
        public long counter() {
            return counter;
        }
    }

    /** Adds a passkey that proved itself. */
    public void add(long person, String name, byte[] credentialId, byte[] publicKey, long counter) {
        var called = name.strip();
        if (called.isEmpty() || called.length() > LONGEST_NAME) {
            throw UserError.usage("a passkey needs a name of 1 to %d characters".formatted(LONGEST_NAME))
                    .fix("name the device that holds it");
        }
        var added = jdbi.withHandle(handle -> handle.createUpdate("""
                        INSERT INTO passkey (person_id, credential_id, public_key, counter, name, created_at)
                        VALUES (:person, :credential, :key, :counter, :name, :now) ON CONFLICT DO NOTHING""")
                .bind("person", person)
                .bind("credential", credentialId)
                .bind("key", publicKey)
                .bind("counter", counter)
                .bind("name", called)
                .bind("now", now())
                .execute());
        if (added == 0) {
            throw UserError.blocked("this passkey is enrolled already").fix("use it to sign in");
        }
    }

    public Optional<Stored> find(byte[] credentialId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id, person_id, public_key, counter FROM passkey WHERE credential_id = :credential")
                .bind("credential", credentialId)
                .map((rows, context) -> new Stored(rows.getLong(1), rows.getLong(2), rows.getBytes(3), rows.getLong(4)))
                .findOne());
    }

    /** Notes that a passkey signed. */
    public void used(long passkey, long counter) {
        jdbi.useHandle(handle ->
                handle.execute("UPDATE passkey SET counter = ?, used_at = ? WHERE id = ?", counter, now(), passkey));
    }

    /** Somebody's passkeys, the oldest first. */
    public List<Passkey> of(long person) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id, name, created_at, used_at FROM passkey WHERE person_id = :person ORDER BY id")
                .bind("person", person)
                .map((rows, context) -> new Passkey(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getObject(3, OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(rows.getObject(4, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .list());
    }

    /** Removes one of somebody's passkeys; false if there is none of that number. */
    public boolean remove(long person, long passkey) {
        return jdbi.withHandle(
                        handle -> handle.execute("DELETE FROM passkey WHERE id = ? AND person_id = ?", passkey, person))
                > 0;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
