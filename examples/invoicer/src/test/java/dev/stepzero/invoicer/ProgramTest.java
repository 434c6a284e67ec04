package dev.stepzero.invoicer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgramTest {
    @Test
    void migrate_prepares_the_database_and_ends() throws Exception {
        var database = TestDatabase.create("program");
        var environment = new HashMap<>(database.environment(TestDatabase.OWNER));
        environment.put("INVOICER_POSTGRES_APP_ROLE", TestDatabase.APP);

        var program = RunningProgram.start("migrate", environment);

        assertThat(program.exitCode()).as(program.errors()).isZero();
        assertThat(program.output()).contains("2 migrations applied").startsWith("{\"Timestamp\":");
        try (var connection = database.connect(TestDatabase.APP);
                var statement = connection.createStatement()) {
            assertThat(statement.executeQuery("SELECT * FROM invoices").next()).isFalse();
        }
    }

    @Test
    void a_mistake_in_the_settings_is_told_in_one_line_and_ends_with_2() throws Exception {
        var program = RunningProgram.start("serve", Map.of("INVOICER_PORT", "http"));

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.errors()).isEqualTo("invoicer: INVOICER_PORT has no valid port number: http\n");
    }

    @Test
    void an_unknown_command_ends_with_2() throws Exception {
        assertThat(RunningProgram.start("drop", Map.of()).exitCode()).isEqualTo(2);
    }

    @Test
    void a_missing_schema_ends_with_3() throws Exception {
        var database = TestDatabase.create("nothing");

        var program = RunningProgram.start("serve", database.environment(TestDatabase.APP));

        assertThat(program.exitCode()).isEqualTo(3);
        assertThat(program.errors())
                .startsWith("invoicer: the database has no schema")
                .hasLineCount(1);
    }

    @Test
    void a_wrong_database_password_ends_with_4_at_once() throws Exception {
        var environment = new HashMap<>(TestDatabase.SHARED.environment(TestDatabase.APP));
        environment.put("INVOICER_POSTGRES_USER", "nobody_here");

        var program = RunningProgram.start("serve", environment);

        assertThat(program.exitCode()).isEqualTo(4);
        assertThat(program.errors())
                .startsWith("invoicer: PostgreSQL at 127.0.0.1")
                .hasLineCount(1);
    }

    @Test
    void on_sigterm_requests_under_way_are_finished_and_the_program_ends_with_0() throws Exception {
        var port = RunningProgram.freePort();
        var environment = new HashMap<>(TestDatabase.SHARED.environment(TestDatabase.APP));
        environment.put("INVOICER_PORT", String.valueOf(port));
        environment.put("INVOICER_ADMIN_PASSWORD", RunningApp.PASSWORD);
        var program = RunningProgram.start("serve", environment);
        RunningProgram.until(() -> RunningProgram.accepts(port));
        try (var client = HttpClient.newHttpClient();
                var locker = TestDatabase.SHARED.connect(TestDatabase.OWNER)) {
            var created = client.send(request(port, "POST", "/invoice"), BodyHandlers.ofString());
            var path = created.headers().firstValue("Location").orElseThrow();
            locker.setAutoCommit(false);
            locker.createStatement()
                    .execute("SELECT 1 FROM invoices WHERE id = " + path.replace("/invoice/", "") + " FOR UPDATE");
            var underWay = client.sendAsync(request(port, "PUT", path), BodyHandlers.ofString());
            RunningProgram.until(ProgramTest::somebodyWaitsForALock);

            program.process().destroy();
            RunningProgram.until(() -> !RunningProgram.accepts(port));
            // Longer than the second after which the web server itself would close the connection.
            TimeUnit.MILLISECONDS.sleep(1500);
            assertThat(program.process().isAlive()).isTrue();
            locker.commit();

            assertThat(underWay.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
            assertThat(program.exitCode()).isZero();
            assertThat(program.output()).containsSubsequence("stopping", "\"action\":\"put-invoice\"", "stopped");
        }
    }

    private static HttpRequest request(int port, String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.ofString("{}"))
                .header("Authorization", RunningApp.basic("admin", RunningApp.PASSWORD))
                .build();
    }

    private static boolean somebodyWaitsForALock() {
        try (var connection = TestDatabase.SHARED.connect(TestDatabase.OWNER);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
            rows.next();
            return rows.getInt(1) > 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
