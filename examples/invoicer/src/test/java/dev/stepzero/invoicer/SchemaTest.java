package dev.stepzero.invoicer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.invoicer.database.Migration;
import dev.stepzero.invoicer.settings.Environment;
import dev.stepzero.invoicer.settings.UserError;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    private static final Map<String, String> NO_SETTINGS = Map.of();

    @Test
    void without_a_schema_the_service_does_not_start_and_says_what_to_do() {
        var empty = TestDatabase.create("empty");

        assertThatThrownBy(() -> RunningApp.start(empty, NO_SETTINGS))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("run `migrate` as the owner");
    }

    @Test
    void with_an_older_schema_the_service_does_not_start() throws SQLException {
        var older = TestDatabase.create("older").migrate();
        execute(older, TestDatabase.OWNER, "DELETE FROM flyway_schema_history WHERE version = '2'");

        assertThatThrownBy(() -> RunningApp.start(older, NO_SETTINGS))
                .isInstanceOf(UserError.class)
                .hasMessage("the database schema has version 1, older than the 2 needed: run `migrate` first");
    }

    @Test
    void with_a_newer_schema_the_service_starts_so_that_a_rollback_is_possible() throws SQLException {
        var newer = TestDatabase.create("newer").migrate();
        execute(
                newer,
                TestDatabase.OWNER,
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                        + " execution_time, success) VALUES (99, '99', 'future', 'SQL', 'V99', 'x', 0, true)");

        try (var app = RunningApp.start(newer, NO_SETTINGS)) {
            assertThat(app.call("GET", "/__heartbeat__").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void migrating_twice_changes_nothing() {
        var database = TestDatabase.create("twice");
        var migration = new Migration(database.settings(TestDatabase.OWNER), TestDatabase.APP);

        assertThat(migration.run()).isEqualTo(2);
        assertThat(migration.run()).isZero();
    }

    @Test
    void migrating_takes_away_rights_given_by_hand() throws SQLException {
        var database = TestDatabase.create("toomuch").migrate();
        execute(database, TestDatabase.OWNER, "GRANT ALL ON invoices, sessions TO " + TestDatabase.APP);

        database.migrate();

        assertDenied(database, "DELETE FROM invoices");
        assertDenied(database, "TRUNCATE sessions");
    }

    @ParameterizedTest
    @CsvSource({
        "invoicer_owner, must not be the owner",
        "nobody_here, does not exist",
        "postgres, is a superuser",
        "'x; DROP TABLE invoices', must be a plain lower-case name",
        "Upper, must be a plain lower-case name"
    })
    void the_migration_refuses_an_unsuitable_application_role(String role, String reason) {
        var environment = new HashMap<>(TestDatabase.SHARED.environment(TestDatabase.OWNER));
        environment.put("INVOICER_POSTGRES_APP_ROLE", role);

        assertThatThrownBy(() -> Migration.from(new Environment(environment)).run())
                .isInstanceOf(UserError.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE charges",
                "ALTER TABLE invoices ADD COLUMN x int",
                "TRUNCATE charges",
                "CREATE TABLE public.mine (x int)",
                "CREATE SCHEMA mine",
                "DELETE FROM invoices",
                "DELETE FROM charges",
                "UPDATE charges SET amount = 0",
                "UPDATE invoices SET id = 1",
                "UPDATE invoices SET created_at = now()",
                "INSERT INTO invoices (id, is_paid, amount, payment_date, due_date) VALUES (1, false, 1, now(), now())",
                "UPDATE sessions SET name = 'admin'",
                "SELECT * FROM flyway_schema_history",
                "UPDATE flyway_schema_history SET success = false",
                "SELECT rolpassword FROM pg_authid",
                "SELECT pg_read_file('/etc/passwd')",
                "COPY invoices TO PROGRAM 'true'",
                "CREATE ROLE other",
                "SET ROLE invoicer_owner"
            })
    void the_application_role_can_do_no_more_than_the_service_needs(String sql) {
        assertDenied(TestDatabase.SHARED, sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO invoices (is_paid, amount, payment_date, due_date) VALUES (false, -1, now(), now())",
                "INSERT INTO invoices (is_paid, amount, payment_date, due_date) VALUES (NULL, 1, now(), now())",
                "INSERT INTO charges (invoice_id, type, amount, description) VALUES (0, '', 1, '')",
                "INSERT INTO charges (invoice_id, type, amount, description) VALUES (NULL, '', 1, '')",
                "INSERT INTO sessions (id_hash, name, expires_at) VALUES ('short', 'x', now())"
            })
    void the_tables_keep_nonsense_out_on_their_own(String sql) {
        assertThatThrownBy(() -> execute(TestDatabase.SHARED, TestDatabase.APP, sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("23"));
    }

    private static void assertDenied(TestDatabase database, String sql) {
        assertThatThrownBy(() -> execute(database, TestDatabase.APP, sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isIn("42501", "428C9"));
    }

    private static void execute(TestDatabase database, String user, String sql) throws SQLException {
        try (var connection = database.connect(user);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
