package dev.stepzero.invoicer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.invoicer.settings.UserError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
    private static final Map<String, String> BEHIND_PROXY =
            Map.of("INVOICER_ADMIN_PASSWORD", RunningApp.PASSWORD, "INVOICER_BEHIND_PROXY", "true");

    @Test
    void strangers_reach_nothing_but_version_and_heartbeat() {
        try (var app = RunningApp.start()) {
            for (var path :
                    new String[] {"/", "/invoice/1", "/invoice", "/nope", "/statics/x", "/oauth2callback", "/sign-out"
                    }) {
                for (var method : new String[] {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"}) {
                    var answer = app.call(method, path);

                    assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(401);
                    assertThat(answer.headers().firstValue("WWW-Authenticate"))
                            .contains("Basic realm=\"invoicer\", charset=\"UTF-8\"");
                }
            }
            assertThat(app.call("GET", "/__version__").statusCode()).isEqualTo(200);
            assertThat(app.call("GET", "/__heartbeat__").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "admin, wrong password",
        "root, correct horse battery",
        "admin, ''",
        "'', ''",
        "admin, correct horse batter",
        "admin, correct horse battery2"
    })
    void a_wrong_name_or_password_is_refused(String name, String password) {
        try (var app = RunningApp.start()) {
            assertThat(app.call("GET", "/invoice/1", "Authorization", RunningApp.basic(name, password))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic ",
                "Basic ====",
                "Basic YWRtaW4",
                "Bearer x",
                "basic \u00ff",
                "Digest username=admin"
            })
    void a_broken_authorization_header_is_refused(String header) {
        try (var app = RunningApp.start()) {
            assertThat(app.call("GET", "/invoice/1", "Authorization", header).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_password_is_made_up_where_none_is_set_and_announced_once() {
        try (var app = RunningApp.start(TestDatabase.SHARED, Map.of())) {
            var password = app.announced.getFirst();

            var answer = app.call("GET", "/", "Authorization", RunningApp.basic("admin", password));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(app.announced).hasSize(1);
            assertThat(password).hasSize(43);
            assertThat(app.log()).doesNotContain(password);
        }
    }

    @Test
    void a_short_password_is_refused_at_start() {
        assertThatThrownBy(() -> RunningApp.start(TestDatabase.SHARED, Map.of("INVOICER_ADMIN_PASSWORD", "short")))
                .isInstanceOf(UserError.class)
                .hasMessage("INVOICER_ADMIN_PASSWORD must have at least 12 characters");
    }

    @Test
    void after_ten_failures_a_source_has_to_wait_even_with_the_right_password() {
        try (var app = RunningApp.start()) {
            for (var i = 0; i < 10; i++) {
                app.call("GET", "/invoice/1", "Authorization", RunningApp.basic("admin", "guess " + i));
            }

            var answer = app.get("/");

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("60");
        }
    }

    @Test
    void behind_a_proxy_sources_are_told_apart_by_what_the_proxy_says() {
        try (var app = RunningApp.start(TestDatabase.SHARED, BEHIND_PROXY)) {
            for (var i = 0; i < 10; i++) {
                app.call(
                        "GET", "/", "Authorization", "Basic x", "X-Forwarded-For", "203.0.113." + i + ", 198.51.100.7");
            }

            assertThat(app.get("/", "X-Forwarded-For", "198.51.100.7").statusCode())
                    .isEqualTo(429);
            assertThat(app.get("/", "X-Forwarded-For", "198.51.100.8").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void without_a_proxy_nobody_chooses_his_own_source() {
        try (var app = RunningApp.start()) {
            for (var i = 0; i < 10; i++) {
                app.call("GET", "/", "Authorization", "Basic x", "X-Forwarded-For", "203.0.113." + i);
            }

            assertThat(app.get("/", "X-Forwarded-For", "203.0.113.99").statusCode())
                    .isEqualTo(429);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, same-origin, 404",
        "Sec-Fetch-Site, none, 404",
        "Origin, https://evil.example, 403",
        "Origin, null, 403",
        "Origin, not a url, 403",
        "Origin, http://127.0.0.1, 403",
        "X-Other, x, 404"
    })
    void a_browser_cannot_be_made_to_change_something_from_another_site(String header, String value, int status) {
        try (var app = RunningApp.start()) {
            assertThat(app.delete("/invoice/0", header, value).statusCode()).isEqualTo(status);
            assertThat(app.get("/invoice/0", header, value).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_change_from_our_own_page_is_taken() {
        try (var app = RunningApp.start()) {
            var origin = "http://127.0.0.1:" + app.port();

            assertThat(app.delete("/invoice/0", "Origin", origin).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_made_up_session_cookie_opens_nothing() {
        try (var app = RunningApp.start()) {
            assertThat(app.call("GET", "/", "Cookie", "invoicer-session=abc; x").statusCode())
                    .isEqualTo(401);
        }
    }
}
