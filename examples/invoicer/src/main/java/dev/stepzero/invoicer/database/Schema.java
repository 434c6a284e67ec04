package dev.stepzero.invoicer.database;

import dev.stepzero.invoicer.settings.UserError;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/** The version of the tables, and whether this program can work with what it finds. */
public final class Schema {
    /** The newest migration this program knows. */
    static final int VERSION = 2;

    private static final System.Logger LOG = System.getLogger(Schema.class.getName());

    private Schema() {}

    /**
     * Migrations only ever add, so that the previous program runs on: a newer schema is worth a warning, an older one
     * is an error.
     */
    public static void check(Database database) {
        var found = database.transaction(connection -> {
            var sql = "SELECT max(version::int) FROM flyway_schema_history WHERE success AND version IS NOT NULL";
            try (var statement = connection.prepareStatement(sql);
                    var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            } catch (SQLException e) {
                if (SqlState.of(e).tableMissing() || SqlState.of(e).forbidden()) {
                    throw missing();
                }
                throw e;
            }
        });
        if (found < VERSION) {
            throw new UserError(
                    UserError.Kind.SCHEMA,
                    "the database schema has version %d, older than the %d needed: run `migrate` first"
                            .formatted(found, VERSION));
        }
        if (found > VERSION) {
            LOG.log(Level.WARNING, "the database schema has version {0}, newer than the known {1}", found, VERSION);
        }
    }

    private static UserError missing() {
        return new UserError(
                UserError.Kind.SCHEMA,
                "the database has no schema for this program, or grants this role nothing: run `migrate` as the owner,"
                        + " with INVOICER_POSTGRES_APP_ROLE naming this role");
    }
}
