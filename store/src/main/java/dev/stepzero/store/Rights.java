package dev.stepzero.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * What the role that works in the database may do there: read and write the rows of schema {@code public}, and no more
 * than read which migrations ran. A feature that allows less keeps its tables in a schema of its own and grants there to
 * {@code PUBLIC} what may be done; only this role gets in.
 */
final class Rights {
    private static final String OWN_SCHEMAS = """
            SELECT nspname FROM pg_namespace
            WHERE nspowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
              AND nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'public')""";

    private final DataSource owner;

    Rights(DataSource owner) {
        this.owner = owner;
    }

    /** Gives the role what it may do with the tables that there are now, and takes from it whatever else it had. */
    void giveTo(String role) throws SQLException {
        try (var connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            var name = connection.unwrap(PGConnection.class).escapeIdentifier(role);
            run(connection, "GRANT USAGE ON SCHEMA public TO " + name);
            run(connection, "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + name);
            run(connection, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO " + name);
            run(connection, "REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history FROM " + name);
            for (var schema : ownSchemas(connection)) {
                var quoted = connection.unwrap(PGConnection.class).escapeIdentifier(schema);
                run(connection, "GRANT USAGE ON SCHEMA " + quoted + " TO " + name);
            }
            connection.commit();
        }
    }

    private static List<String> ownSchemas(Connection connection) throws SQLException {
        var schemas = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(OWN_SCHEMAS)) {
            while (rows.next()) {
                schemas.add(rows.getString(1));
            }
        }
        return schemas;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
