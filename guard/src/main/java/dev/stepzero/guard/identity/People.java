package dev.stepzero.guard.identity;

import dev.stepzero.core.UserError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The people who may sign in, and the roles that they were given. */
public final class People {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,63}");
    private static final String COLUMNS = "id, name, display_name, email, active, created_at";

    private final Jdbi jdbi;
    private final Clock clock;

    public People(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Adds somebody, without any role and any way to sign in yet.
     *
     * @throws UserError if the name is no name or is taken
     */
    public Person add(String name, String displayName, String email) {
        var written = nameOf(name);
        return jdbi.inTransaction(handle -> handle.createQuery("""
                        INSERT INTO person (name, display_name, email, created_at)
                        VALUES (:name, :displayName, :email, :now)
                        ON CONFLICT (name) DO NOTHING
                        RETURNING\s""" + COLUMNS)
                        .bind("name", written)
                        .bind("displayName", displayName.isBlank() ? written : displayName.strip())
                        .bind("email", email.strip())
                        .bind("now", now())
                        .map((rows, context) -> person(rows))
                        .findOne())
                .orElseThrow(() -> UserError.usage("somebody is called '%s' already".formatted(written))
                        .fix("choose another name"));
    }

    public Optional<Person> named(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + " FROM person WHERE name = :name")
                .bind("name", name.strip().toLowerCase(Locale.ROOT))
                .map((rows, context) -> person(rows))
                .findOne());
    }

    public Optional<Person> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + " FROM person WHERE id = :id")
                .bind("id", id)
                .map((rows, context) -> person(rows))
                .findOne());
    }

    /** Whether there is anybody at all: before, nobody may sign in but the first administrator. */
    public boolean hasAnybody() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT EXISTS (SELECT FROM person)")
                .mapTo(Boolean.class)
                .one());
    }

    /** Everybody, by name. */
    public List<Person> all() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + " FROM person ORDER BY name")
                .map((rows, context) -> person(rows))
                .list());
    }

    /**
     * A page of everybody, by name.
     *
     * @param after the name behind which the page begins; empty for the first one
     */
    public List<Person> page(String after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT " + COLUMNS + " FROM person WHERE name > :after ORDER BY name LIMIT :most")
                .bind("after", after)
                .bind("most", most)
                .map((rows, context) -> person(rows))
                .list());
    }

    /** Gives a role; giving it twice changes nothing. */
    public void grant(long person, Grant grant) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO role_grant (person_id, role, project, granted_at)
                        VALUES (:person, :role, :project, :now) ON CONFLICT DO NOTHING""")
                .bind("person", person)
                .bind("role", grant.role().word())
                .bind("project", grant.project().orElse(null))
                .bind("now", now())
                .execute());
    }

    /**
     * Takes a role back.
     *
     * @throws UserError if nobody would be left who can give roles
     */
    public void withdraw(long person, Grant grant) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            DELETE FROM role_grant
                            WHERE person_id = :person AND role = :role AND project IS NOT DISTINCT FROM :project""")
                    .bind("person", person)
                    .bind("role", grant.role().word())
                    .bind("project", grant.project().orElse(null))
                    .execute();
            keepAnAdministrator(handle);
        });
    }

    /**
     * Lets somebody sign in or not.
     *
     * @throws UserError if nobody would be left who can give roles
     */
    public void setActive(long person, boolean active) {
        jdbi.useTransaction(handle -> {
            handle.execute("UPDATE person SET active = ? WHERE id = ?", active, person);
            keepAnAdministrator(handle);
        });
    }

    /** Two administrators who remove each other at once are judged one after the other. */
    private static void keepAnAdministrator(Handle handle) {
        handle.execute("LOCK TABLE role_grant IN SHARE ROW EXCLUSIVE MODE");
        var some = handle.createQuery("""
                        SELECT EXISTS (SELECT FROM role_grant JOIN person ON person.id = person_id
                                       WHERE role = :role AND project IS NULL AND active)""")
                .bind("role", Role.ADMINISTRATOR.word())
                .mapTo(Boolean.class)
                .one();
        if (!some) {
            throw UserError.blocked("nobody would be left who can give roles")
                    .fix("make somebody else administrator first");
        }
    }

    /** What somebody may: by what they were given and by groups of a sign-in service. */
    public Roles roles(long person) {
        return Stream.concat(grants(person).stream(), byGroups(person).stream())
                .reduce(Roles.NONE, Roles::with, (one, other) -> other);
    }

    /** What somebody has because a sign-in service counted them among its groups, and not for too long ago. */
    public List<Grant> byGroups(long person) {
        return jdbi.withHandle(handle ->
                handle
                        .createQuery("""
                        SELECT DISTINCT role, project FROM federated_grant
                        JOIN federated_identity ON federated_identity.id = identity_id
                        WHERE person_id = :person AND expires_at > :now
                        ORDER BY project NULLS FIRST, role""")
                        .bind("person", person)
                        .bind("now", now())
                        .map((rows, context) -> grant(rows))
                        .stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** What somebody was given, those that hold everywhere first. */
    public List<Grant> grants(long person) {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        SELECT role, project FROM role_grant WHERE person_id = :person
                        ORDER BY project NULLS FIRST, role""").bind("person", person).map((rows, context) -> grant(rows)).stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** A role that this program does not know, written by a newer one, gives nothing. */
    private static Optional<Grant> grant(ResultSet rows) throws SQLException {
        var project = Optional.ofNullable(rows.getString("project"));
        return Role.of(rows.getString("role")).map(role -> new Grant(role, project));
    }

    /**
     * The name as it is kept.
     *
     * @throws UserError if it is none
     */
    public static String nameOf(String name) {
        var written = name.strip().toLowerCase(Locale.ROOT);
        if (!NAME.matcher(written).matches()) {
            throw UserError.usage("'%s' is no name to sign in with".formatted(written))
                    .fix("use up to 64 of a to z, 0 to 9 and . _ @ + -, and begin with a letter or digit");
        }
        return written;
    }

    private static Person person(ResultSet rows) throws SQLException {
        return new Person(
                rows.getLong("id"),
                rows.getString("name"),
                rows.getString("display_name"),
                rows.getString("email"),
                rows.getBoolean("active"),
                rows.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
