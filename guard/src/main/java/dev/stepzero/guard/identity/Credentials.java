package dev.stepzero.guard.identity;

import dev.stepzero.core.UserError;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** How people prove who they are: passwords, codes of authenticator applications, and recovery codes. */
public final class Credentials {
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;
    private static final String PURPOSE = "totp";

    private final Jdbi jdbi;
    private final Clock clock;
    private final SecureRandom random;
    private final PasswordHashing hashing;
    private final PasswordRules rules;
    private final SealingKey key;

    public Credentials(
            Jdbi jdbi, Clock clock, SecureRandom random, PasswordHashing hashing, PasswordRules rules, SealingKey key) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.random = random;
        this.hashing = hashing;
        this.rules = rules;
        this.key = key;
    }

    /**
     * Why somebody may not have this password; empty if they may.
     *
     * @param names what others know them by
     */
    public Optional<String> refuse(String password, String... names) {
        return rules.refuse(password, Set.of(names));
    }

    /** Sets a password that was not refused. */
    public void setPassword(long person, String password) {
        var hash = hashing.hash(password);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO password (person_id, hash, changed_at) VALUES (:person, :hash, :now)
                        ON CONFLICT (person_id) DO UPDATE SET hash = :hash, changed_at = :now""")
                .bind("person", person)
                .bind("hash", hash)
                .bind("now", now())
                .execute());
    }

    /** Whether this is somebody's password; for nobody, and for who has none, it takes as long and is wrong. */
    public boolean isPassword(Optional<Person> person, String password) {
        var hash = person.flatMap(one ->
                jdbi.withHandle(handle -> handle.createQuery("SELECT hash FROM password WHERE person_id = :person")
                        .bind("person", one.id())
                        .mapTo(String.class)
                        .findOne()));
        return hashing.matches(password.length() > PasswordRules.LONGEST ? "" : password, hash);
    }

    /** Begins the enrolment of an authenticator application and gives the secret in base 32; a confirmed one is kept. */
    public String beginTotp(long person) {
        if (hasTotp(person)) {
            throw UserError.blocked("an authenticator application is enrolled already")
                    .fix("remove it first");
        }
        var totp = Totp.random(random);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO totp (person_id, sealed) VALUES (:person, :sealed)
                        ON CONFLICT (person_id) DO UPDATE SET sealed = :sealed WHERE totp.confirmed_at IS NULL""")
                .bind("person", person)
                .bind("sealed", key.seal(totp.key(), PURPOSE + person))
                .execute());
        return Base32.encode(totp.key());
    }

    /** The secret of an enrolment that was begun and not confirmed. */
    public Optional<String> begunTotp(long person) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "SELECT sealed FROM totp WHERE person_id = :person AND confirmed_at IS NULL")
                        .bind("person", person)
                        .mapTo(byte[].class)
                        .findOne())
                .map(stored -> Base32.encode(key.open(stored, PURPOSE + person)));
    }

    /** Whether somebody has an authenticator application that gave a right code. */
    public boolean hasTotp(long person) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT FROM totp WHERE person_id = :person AND confirmed_at IS NOT NULL)")
                .bind("person", person)
                .mapTo(Boolean.class)
                .one());
    }

    /** Whether somebody has anything to show beside a password; a session that owes it cannot enrol another. */
    public boolean hasSecondFactor(long person) {
        return hasTotp(person)
                || jdbi.withHandle(
                        handle -> handle.createQuery("SELECT EXISTS (SELECT FROM passkey WHERE person_id = :person)")
                                .bind("person", person)
                                .mapTo(Boolean.class)
                                .one());
    }

    /** Whether a code is right now and was not used; it is used now, and an enrolment is confirmed by it. */
    public boolean useTotp(long person, String code) {
        return jdbi.inTransaction(handle -> {
            var row = handle.createQuery("SELECT sealed, last_step FROM totp WHERE person_id = :person FOR UPDATE")
                    .bind("person", person)
                    .map((rows, context) ->
                            new Stored(new Totp(key.open(rows.getBytes(1), PURPOSE + person)), rows.getLong(2)))
                    .findOne();
            var digits = code.replace(" ", "");
            var step = row.map(one -> one.totp().step(digits, clock.instant(), one.lastStep()));
            if (step.isEmpty() || step.get().isEmpty()) {
                return false;
            }
            handle.createUpdate("""
                            UPDATE totp SET last_step = :step, confirmed_at = COALESCE(confirmed_at, :now)
                            WHERE person_id = :person""")
                    .bind("step", step.get().getAsLong())
                    .bind("now", now())
                    .bind("person", person)
                    .execute();
            return true;
        });
    }

    private record Stored(Totp totp, long lastStep) {}

    /** Removes the authenticator application and the recovery codes that stand in for it. */
    public void removeTotp(long person) {
        jdbi.useTransaction(handle -> {
            for (var table : List.of("totp", "recovery_code")) {
                handle.createUpdate("DELETE FROM <table> WHERE person_id = :person")
                        .define("table", table)
                        .bind("person", person)
                        .execute();
            }
        });
    }

    /** New recovery codes in place of all former ones; they are shown once. */
    public List<String> newRecoveryCodes(long person) {
        var codes = new ArrayList<String>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            var bytes = new byte[RECOVERY_BYTES];
            random.nextBytes(bytes);
            codes.add(Base32.encode(bytes).replaceAll("(.{4})(?=.)", "$1-"));
        }
        jdbi.useTransaction(handle -> {
            handle.execute("DELETE FROM recovery_code WHERE person_id = ?", person);
            for (var code : codes) {
                handle.execute("INSERT INTO recovery_code VALUES (?, ?)", person, recovery(code));
            }
        });
        return List.copyOf(codes);
    }

    /** Whether this is one of somebody's recovery codes; it is none from now on. */
    public boolean useRecoveryCode(long person, String code) {
        return jdbi.withHandle(handle -> handle.execute(
                        "DELETE FROM recovery_code WHERE person_id = ? AND hash = ?", person, recovery(code)))
                > 0;
    }

    private static byte[] recovery(String code) {
        return new Secret(code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z2-7]", "")).hash();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
