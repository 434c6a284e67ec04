package dev.stepzero.guard.federation;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Accounts at other sign-in services, each bound to one person. Only issuer and subject bind: that two accounts have the
 * same address of mail or the same name says nothing, for who runs another service chooses both.
 */
public final class FederatedIdentities {
    private static final String SELECT =
            "SELECT id, issuer, subject, person_id, called, linked_at, used_at FROM federated_identity WHERE ";
    private static final int LONGEST_SUBJECT = 255;
    private static final int LONGEST_NAME = 100;
    private static final int MOST_NAMES = 1000;

    private final Jdbi jdbi;
    private final People people;
    private final Clock clock;

    public FederatedIdentities(Jdbi jdbi, People people, Clock clock) {
        this.jdbi = jdbi;
        this.people = people;
        this.clock = clock;
    }

    /** The account's entry here, if it is bound to anybody. */
    public Optional<FederatedIdentity> find(String issuer, String subject) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "issuer = :issuer AND subject = :subject")
                .bind("issuer", issuer)
                .bind("subject", subject)
                .map((rows, context) -> identity(rows))
                .findOne());
    }

    /** Somebody's accounts, the first one bound first. */
    public List<FederatedIdentity> of(long person) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "person_id = :person ORDER BY id")
                .bind("person", person)
                .map((rows, context) -> identity(rows))
                .list());
    }

    /**
     * Binds an account to a person.
     *
     * @throws UserError if it is another person's, or no account can be called so
     */
    public FederatedIdentity link(long person, String issuer, String subject, String called) {
        if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            throw UserError.usage("a subject has 1 to %d characters".formatted(LONGEST_SUBJECT))
                    .fix("take it from the sign-in service, where it is called sub");
        }
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO federated_identity (issuer, subject, person_id, called, linked_at)
                        VALUES (:issuer, :subject, :person, :called, :now)
                        ON CONFLICT (issuer, subject) DO NOTHING""")
                .bind("issuer", issuer)
                .bind("subject", subject)
                .bind("person", person)
                .bind("called", shortened(called))
                .bind("now", now())
                .execute());
        return find(issuer, subject)
                .filter(identity -> identity.person() == person)
                .orElseThrow(() -> UserError.blocked("this account is bound to somebody else")
                        .fix("let them unbind it first, under Sign-in services"));
    }

    /**
     * Makes a person for an account that is bound to nobody. Who has the wanted name already is left alone: the new
     * person gets a number behind it.
     *
     * @param wanted what the service calls the account
     * @param email an address that the service has verified, or empty
     */
    public Person join(String issuer, String subject, String wanted, String displayName, String email) {
        var name = nameLike(wanted);
        for (int number = 1; number < MOST_NAMES; number++) {
            var tried = number == 1 ? name : name + "-" + number;
            if (people.named(tried).isEmpty()) {
                return bound(people.add(tried, shortened(displayName), email), issuer, subject, wanted);
            }
        }
        throw UserError.blocked("too many are called " + name).fix("let an administrator bind this account");
    }

    /** Two first sign-ins at once make two people: the later one goes again, and the account stays with the first. */
    private Person bound(Person made, String issuer, String subject, String called) {
        try {
            link(made.id(), issuer, subject, called);
            return made;
        } catch (UserError taken) {
            jdbi.useHandle(handle -> handle.execute("DELETE FROM person WHERE id = ?", made.id()));
            return find(issuer, subject)
                    .flatMap(identity -> people.find(identity.person()))
                    .orElseThrow(() -> taken);
        }
    }

    /** Keeps what can be a name of ours; what has nothing of it is called {@code person}. */
    private static String nameLike(String wanted) {
        var kept = wanted.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._@+-]", "");
        var name = kept.replaceFirst("^[^a-z0-9]+", "");
        return name.isEmpty() ? "person" : name.substring(0, Math.min(name.length(), 56));
    }

    /** Takes an account from its person, and with it what its groups gave; false if it is not theirs. */
    public boolean unlink(long person, long identity) {
        return jdbi.withHandle(handle -> handle.execute(
                        "DELETE FROM federated_identity WHERE id = ? AND person_id = ?", identity, person))
                > 0;
    }

    /**
     * Notes a sign-in: from now on the account gives these roles and no others.
     *
     * @param last how long they hold without another sign-in
     */
    public void seen(FederatedIdentity identity, String called, Set<Grant> grants, Duration last) {
        jdbi.useTransaction(handle -> {
            handle.execute(
                    "UPDATE federated_identity SET used_at = ?, called = ? WHERE id = ?",
                    now(),
                    shortened(called),
                    identity.id());
            handle.execute("DELETE FROM federated_grant WHERE identity_id = ?", identity.id());
            grants.forEach(grant -> give(handle, identity.id(), grant, now().plus(last)));
        });
    }

    private static void give(Handle handle, long identity, Grant grant, OffsetDateTime until) {
        handle.execute(
                "INSERT INTO federated_grant (identity_id, role, project, expires_at) VALUES (?, ?, ?, ?)",
                identity,
                grant.role().word(),
                grant.project().orElse(null),
                until);
    }

    private static FederatedIdentity identity(ResultSet rows) throws SQLException {
        return new FederatedIdentity(
                rows.getLong("id"),
                rows.getString("issuer"),
                rows.getString("subject"),
                rows.getLong("person_id"),
                rows.getString("called"),
                rows.getObject("linked_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(rows.getObject("used_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static String shortened(String text) {
        var plain = text.strip().replaceAll("\\p{Cntrl}", "");
        return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
