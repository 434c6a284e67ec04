package dev.stepzero.invoicer.database;

import dev.stepzero.invoicer.settings.Environment;
import dev.stepzero.invoicer.settings.PostgresSettings;
import dev.stepzero.invoicer.settings.UserError;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema up to date as its owner, and grants the application's role exactly what it needs. */
public record Migration(PostgresSettings owner, String appRole) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String APP_ROLE = "INVOICER_POSTGRES_APP_ROLE";

    /** The name goes into SQL as text, so it has to be a plain one. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    public static Migration from(Environment environment) {
        var role = environment.required(APP_ROLE);
        if (!PLAIN_NAME.matcher(role).matches()) {
            throw wrong(APP_ROLE + " must be a plain lower-case name: " + role);
        }
        var owner = PostgresSettings.from(environment);
        if (role.equals(owner.user())) {
            throw wrong(APP_ROLE + " must not be the owner, whose rights include dropping the tables");
        }
        return new Migration(owner, role);
    }

    /** @return how many migrations there were to run */
    public int run() {
        var source = Connections.patient(owner);
        Connections.await(source, owner, PATIENCE);
        checkRole(source);
        try {
            return Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .placeholders(Map.of("app_role", appRole))
                    .validateMigrationNaming(true)
                    .cleanDisabled(true)
                    .load()
                    .migrate()
                    .migrationsExecuted;
        } catch (FlywayException e) {
            throw new UserError(UserError.Kind.SCHEMA, "the migration failed: " + e.getMessage());
        }
    }

    private void checkRole(DataSource source) {
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement("SELECT rolsuper FROM pg_roles WHERE rolname = ?")) {
            statement.setString(1, appRole);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw wrong("the role " + appRole + " of " + APP_ROLE + " does not exist in the database");
                }
                if (rows.getBoolean(1)) {
                    throw wrong("the role " + appRole + " of " + APP_ROLE + " is a superuser");
                }
            }
        } catch (SQLException e) {
            throw new UserError(UserError.Kind.DATABASE, "cannot look up the role " + appRole + ": " + e.getMessage());
        }
    }

    private static UserError wrong(String message) {
        return new UserError(UserError.Kind.SETTINGS, message);
    }
}
