package dev.stepzero.store.embedded;

import dev.stepzero.core.UserError;
import dev.stepzero.store.Coordinates;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.PGConnection;

/**
 * A server that takes connections, and its superuser.
 *
 * @param port where it listens on 127.0.0.1
 * @param password the superuser's; never printed
 */
public record Server(int port, String password) {
    private static final String CLOSED =
            "SELECT 1 FROM pg_database WHERE datname = ? AND NOT has_database_privilege('public', oid, 'CONNECT')";

    private static final String ADMITTED = """
            SELECT 1 FROM pg_roles r, pg_database d
            WHERE r.rolname = ? AND d.datname = ? AND has_database_privilege(r.oid, d.oid, 'CONNECT')""";

    /** The superuser's way into a database. */
    public Coordinates superuser(String database) {
        return as(PostgresCluster.SUPERUSER, password, database);
    }

    /** A role's way into a database. */
    public Coordinates as(String role, String rolePassword, String database) {
        return new Coordinates("jdbc:postgresql://127.0.0.1:" + port + "/" + database, role, rolePassword);
    }

    /** Makes a role that may sign in and nothing else, or gives an existing one this password. */
    public void role(String name, String rolePassword) {
        administer("postgres", connection -> {
            try (var statement = connection.createStatement()) {
                if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
                    statement.execute("CREATE ROLE " + quoted(connection, name)
                            + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS");
                }
            }
            // Sends what SCRAM derives from the password, so that the password itself is in no statement.
            connection.unwrap(PGConnection.class).alterUserPassword(name, rolePassword.toCharArray(), "scram-sha-256");
        });
    }

    /**
     * The way into a database of a role whose password follows from the superuser's, so that it is kept nowhere; the role
     * is made and admitted unless it is there.
     */
    public Coordinates derived(String name, String database) {
        var derived = Passwords.derived(password, name);
        if (!isAdmitted(name, database)) {
            role(name, derived);
            admit(name, database);
        }
        return as(name, derived, database);
    }

    private boolean isAdmitted(String name, String database) {
        var found = new AtomicBoolean();
        administer("postgres", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ADMITTED)) {
                statement.setString(1, name);
                statement.setString(2, database);
                try (var rows = statement.executeQuery()) {
                    found.set(rows.next());
                }
            }
        });
        return found.get();
    }

    /** Makes a database, unless it is there, which its owner alone may enter. */
    public void database(String name, String owner) {
        if (!isClosedDatabase(name)) {
            administer("postgres", connection -> {
                if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                    run(
                            connection,
                            "CREATE DATABASE " + quoted(connection, name) + " OWNER " + quoted(connection, owner));
                }
            });
            administer(name, connection -> {
                run(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
                run(connection, "ALTER SCHEMA public OWNER TO " + quoted(connection, owner));
                run(connection, "REVOKE ALL ON DATABASE " + quoted(connection, name) + " FROM PUBLIC");
            });
        }
    }

    /** Whether the last step of making it was done. */
    private boolean isClosedDatabase(String name) {
        var found = new AtomicBoolean();
        administer("postgres", connection -> found.set(exists(connection, CLOSED, name)));
        return found.get();
    }

    /** Lets a role enter a database; what it may do there, the owner grants. */
    public void admit(String role, String database) {
        administer(
                "postgres",
                connection -> run(
                        connection,
                        "GRANT CONNECT ON DATABASE " + quoted(connection, database) + " TO "
                                + quoted(connection, role)));
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void administer(String database, Work work) {
        var coordinates = superuser(database);
        try (var connection =
                DriverManager.getConnection(coordinates.url(), coordinates.user(), coordinates.password())) {
            work.on(connection);
        } catch (SQLException e) {
            throw UserError.engine("the embedded PostgreSQL refuses: " + e.getMessage())
                    .at(coordinates.url())
                    .fix("see the server's log beside its data")
                    .because(e);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String quoted(Connection connection, String identifier) throws SQLException {
        return connection.unwrap(PGConnection.class).escapeIdentifier(identifier);
    }

    @Override
    public String toString() {
        return "PostgreSQL at 127.0.0.1:" + port;
    }
}
