package dev.stepzero.invoicer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTest {
    @Test
    void the_version_is_what_the_environment_says() {
        var settings = Map.of(
                "INVOICER_SOURCE", "https://git.example/invoicer",
                "INVOICER_VERSION", "1.0.0",
                "INVOICER_COMMIT", "abc\"def");
        try (var app = RunningApp.start(TestDatabase.SHARED, settings)) {
            var answer = app.call("GET", "/__version__");

            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.body())
                    .isEqualTo("{\"source\":\"https://git.example/invoicer\",\"version\":\"1.0.0\","
                            + "\"commit\":\"abc\\\"def\",\"build\":\"unknown\"}");
        }
    }

    @Test
    void the_heartbeat_stops_with_the_database_and_comes_back_with_it() {
        var database = TestDatabase.create("heartbeat").migrate();
        try (var app = RunningApp.start(database, Map.of("INVOICER_ADMIN_PASSWORD", RunningApp.PASSWORD))) {
            assertThat(app.call("GET", "/__heartbeat__").body()).isEqualTo("I am alive");

            TestDatabase.asSuperuser("ALTER DATABASE heartbeat ALLOW_CONNECTIONS false");
            TestDatabase.asSuperuser(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'heartbeat'");

            assertThat(app.call("GET", "/__heartbeat__").statusCode()).isEqualTo(503);
            var answer = app.get("/invoice/1");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("the database does not answer\n");
            assertThat(app.call("GET", "/__version__").statusCode()).isEqualTo(200);

            TestDatabase.asSuperuser("ALTER DATABASE heartbeat ALLOW_CONNECTIONS true");

            assertThat(app.call("GET", "/__heartbeat__").statusCode()).isEqualTo(200);
        }
    }
}
