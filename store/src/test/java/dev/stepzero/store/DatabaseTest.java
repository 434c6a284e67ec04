package dev.stepzero.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.store.embedded.PostgresCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    Path home;

    @AfterEach
    void nothingIsLeft() throws Exception {
        PostgresCluster.at(home.resolve("postgres")).stop();
    }

    private void asOwner(String sql) throws Exception {
        try (var lease = PostgresCluster.at(home.resolve("postgres")).open()) {
            var owner = lease.server().superuser("stepzero");
            Jdbi.create(owner.url(), owner.user(), owner.password()).useHandle(handle -> handle.execute(sql));
        }
    }

    @Test
    void weWorkAsARoleThatOwnsNothing() throws Exception {
        try (var database = Database.open(home, Map.of())) {
            var jdbi = database.jdbi();

            var users = jdbi.withHandle(handle -> handle.createQuery("SELECT session_user || ' ' || current_user")
                    .mapTo(String.class)
                    .one());
            assertThat(users).isEqualTo("stepzero_server stepzero_server");
            for (var forbidden : List.of(
                    "DROP TABLE book",
                    "ALTER TABLE book ADD COLUMN pages int",
                    "TRUNCATE book",
                    "CREATE TABLE mine (a int)",
                    "SET ROLE stepzero",
                    "SET SESSION AUTHORIZATION stepzero",
                    "DELETE FROM flyway_schema_history",
                    "UPDATE flyway_schema_history SET checksum = 1",
                    "CREATE ROLE other SUPERUSER",
                    "COPY book FROM PROGRAM 'echo evil'",
                    "ALTER TABLE book DISABLE TRIGGER ALL",
                    "SET session_replication_role = replica")) {
                assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(forbidden)))
                        .as(forbidden)
                        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
            }
        }
    }

    @Test
    void aRoleThatWasLostIsMadeAgain() throws Exception {
        Database.open(home, Map.of()).close();
        asOwner("DROP OWNED BY stepzero_server; DROP ROLE stepzero_server");

        try (var database = Database.open(home, Map.of())) {
            database.jdbi().useHandle(handle -> handle.execute("INSERT INTO book VALUES ('kept')"));
        }
    }

    @Test
    void aNamedOwnerBringsTheTablesUpToDateAndTheUserWorksInThem() throws Exception {
        var server = PostgresCluster.at(home.resolve("postgres")).start();
        server.role("owner", "first");
        server.role("worker", "second");
        server.database("shared", "owner");
        server.admit("worker", "shared");
        var environment = Map.of(
                "STEPZERO_DATABASE_URL", server.superuser("shared").url(),
                "STEPZERO_DATABASE_USER", "worker",
                "STEPZERO_DATABASE_PASSWORD", "second");
        var withOwner = new HashMap<>(environment);
        withOwner.put("STEPZERO_DATABASE_OWNER", "owner");
        withOwner.put("STEPZERO_DATABASE_OWNER_PASSWORD", "first");

        assertThatThrownBy(() -> Database.open(home.resolve("elsewhere"), environment))
                .isInstanceOfSatisfying(
                        UserError.class,
                        e -> assertThat(e.fix())
                                .hasValueSatisfying(fix -> assertThat(fix).contains("STEPZERO_DATABASE_OWNER")));
        Database.open(home.resolve("elsewhere"), withOwner).close();

        try (var database = Database.open(home.resolve("elsewhere"), environment)) {
            database.jdbi().useHandle(handle -> handle.execute("INSERT INTO book VALUES ('shared')"));
            assertThatThrownBy(() -> database.jdbi().useHandle(handle -> handle.execute("TRUNCATE book")))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void withoutSettingsAnEmbeddedOneIsThereWithItsTables() throws Exception {
        try (var database = Database.open(home, Map.of())) {
            database.jdbi().useHandle(handle -> handle.execute("INSERT INTO book VALUES ('kept')"));
        }

        try (var database = Database.open(home, Map.of())) {
            var titles = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT title FROM book")
                            .mapTo(String.class)
                            .list());
            assertThat(titles).containsExactly("kept");
        }
        assertThat(PostgresCluster.at(home.resolve("postgres")).isRunning()).isFalse();
    }

    @Test
    void theDatabaseThatTheEnvironmentNamesIsUsed() throws Exception {
        var server = PostgresCluster.at(home.resolve("postgres")).start();
        server.role("team", "secret");
        server.database("shared", "team");
        var password = Files.writeString(home.resolve("password"), "secret\n");
        var environment = Map.of(
                "STEPZERO_DATABASE_URL", server.superuser("shared").url(),
                "STEPZERO_DATABASE_USER", "team",
                "STEPZERO_DATABASE_PASSWORD_FILE", password.toString());

        try (var database = Database.open(home.resolve("elsewhere"), environment)) {
            var name = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT current_database()")
                            .mapTo(String.class)
                            .one());
            assertThat(name).isEqualTo("shared");
        }
        assertThat(home.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void aDatabaseThatIsNewerThanTheProgramIsRefusedWithBothVersions() throws Exception {
        Database.open(home, Map.of()).close();
        asOwner("""
                INSERT INTO flyway_schema_history
                SELECT 99, '999', 'from the future', type, 'V999__future.sql', 1, installed_by, now(), 1, true
                FROM flyway_schema_history WHERE version = '001'""");

        assertThatThrownBy(() -> Database.open(home, Map.of()))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.ENGINE))
                .hasMessageContaining("999")
                .hasMessageContaining("version 040");
        assertThat(PostgresCluster.at(home.resolve("postgres")).isRunning()).isFalse();
    }

    @Test
    void aNewMigrationOfOneModuleRunsBehindALaterOneOfAnother() throws Exception {
        Database.open(home, Map.of()).close();
        asOwner("DROP TABLE book; DELETE FROM flyway_schema_history WHERE version = '001'");

        try (var database = Database.open(home, Map.of())) {
            var tables = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT to_regclass('book') IS NOT NULL")
                            .mapTo(Boolean.class)
                            .one());
            assertThat(tables).isTrue();
        }
    }

    @Test
    void aMigrationThatWasAlteredAfterItRanIsRefused() throws Exception {
        Database.open(home, Map.of()).close();
        asOwner("UPDATE flyway_schema_history SET checksum = 1");

        assertThatThrownBy(() -> Database.open(home, Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("checksum mismatch");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNamed() {
        var nowhere = Map.of(
                "STEPZERO_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/nothing", "STEPZERO_DATABASE_PASSWORD", "x");

        assertThatThrownBy(() -> Database.open(home, nowhere))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.where()).contains("jdbc:postgresql://127.0.0.1:1/nothing"));
    }

    @Test
    void aPasswordInTheUrlIsRefusedAndNotRepeated() {
        var environment = Map.of("STEPZERO_DATABASE_URL", "jdbc:postgresql://db/stepzero?user=a&password=hunter2");

        assertThatThrownBy(() -> Database.open(home, environment))
                .isInstanceOf(UserError.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void anotherKindOfDatabaseIsRefused() {
        assertThatThrownBy(() -> Database.open(home, Map.of("STEPZERO_DATABASE_URL", "jdbc:mysql://db/stepzero")))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.USAGE));
    }
}
