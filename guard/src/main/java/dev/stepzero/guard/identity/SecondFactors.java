package dev.stepzero.guard.identity;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What people have beside a password, as others who answer for them see it. */
public final class SecondFactors {
    private static final List<String> TABLES = List.of("totp", "recovery_code", "passkey", "known_device", "session");

    private final Jdbi jdbi;
    private final Passkeys passkeys;

    public SecondFactors(Jdbi jdbi, Passkeys passkeys) {
        this.jdbi = jdbi;
        this.passkeys = passkeys;
    }

    /**
     * What somebody has.
     *
     * @param authenticatorSince when an authenticator application gave its first right code
     * @param recoveryCodes how many are left
     */
    public record Present(Optional<Instant> authenticatorSince, long recoveryCodes, List<Passkey> passkeys) {
        public Present {
            passkeys = List.copyOf(passkeys);
        }

        public boolean isNone() {
            return authenticatorSince.isEmpty() && passkeys.isEmpty();
        }
    }

    public Present of(long person) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT (SELECT confirmed_at FROM totp WHERE person_id = :person),
                               (SELECT count(*) FROM recovery_code WHERE person_id = :person)""")
                .bind("person", person)
                .map((rows, context) -> new Present(
                        Optional.ofNullable(rows.getObject(1, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                        rows.getLong(2),
                        passkeys.of(person)))
                .one());
    }

    /** Takes all of it away, ends every session, and knows no browser any more: who lost a device begins anew. */
    public void reset(long person) {
        jdbi.useTransaction(
                handle -> TABLES.forEach(table -> handle.createUpdate("DELETE FROM <table> WHERE person_id = :person")
                        .define("table", table)
                        .bind("person", person)
                        .execute()));
    }
}
