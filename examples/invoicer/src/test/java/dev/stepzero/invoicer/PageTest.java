package dev.stepzero.invoicer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private static RunningApp app;

    @BeforeAll
    static void start() {
        app = RunningApp.start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void the_page_has_nothing_inline_that_the_policy_would_block() {
        var page = app.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body())
                .contains(
                        "<html lang=\"en\">", "<title>Invoicer</title>", "<label for=\"number\">", "Signed in as admin")
                .doesNotContainPattern("<script>|<style|style=|\\son[a-z]+=|javascript:|https?://|\\{\\{");
    }

    @Test
    void its_files_can_be_kept_for_ever_as_their_names_change_with_their_content() {
        var files = Pattern.compile("/statics/[a-z]+\\.[0-9a-f]{16}\\.(js|css|svg)")
                .matcher(app.get("/").body())
                .results()
                .map(match -> match.group())
                .distinct()
                .toList();

        assertThat(files).hasSize(3);
        for (var file : files) {
            var answer = app.get(file);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().allValues("Cache-Control"))
                    .containsExactly("private, max-age=31536000, immutable");
            assertThat(answer.body()).doesNotContain("innerHTML").doesNotContain("eval(");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/invoice/0",
                "/nope",
                "/__version__",
                "/__heartbeat__",
                "/statics/%2e%2e/x",
                "/a//b",
                "/%00"
            })
    void every_answer_has_the_protective_headers(String path) {
        for (var answer : List.of(app.get(path), app.call("GET", path), app.admin("PATCH", path, "x"))) {
            var headers = answer.headers();
            assertThat(headers.allValues("Content-Security-Policy"))
                    .containsExactly("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                            + " img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
            assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(headers.allValues("X-Frame-Options")).containsExactly("DENY");
            assertThat(headers.allValues("Referrer-Policy")).containsExactly("no-referrer");
            assertThat(headers.allValues("Permissions-Policy")).hasSize(1);
            assertThat(headers.allValues("Cross-Origin-Opener-Policy")).containsExactly("same-origin");
            assertThat(headers.allValues("Cross-Origin-Embedder-Policy")).containsExactly("require-corp");
            assertThat(headers.allValues("Cross-Origin-Resource-Policy")).containsExactly("same-origin");
            assertThat(headers.allValues("Cache-Control")).containsExactly("no-store");
            assertThat(headers.map())
                    .doesNotContainKeys(
                            "server", "x-powered-by", "access-control-allow-origin", "strict-transport-security");
            assertThat(headers.firstValue("X-Request-Id").orElseThrow()).matches("[0-9a-f]{32}");
        }
    }

    @Test
    void only_callers_over_tls_are_told_to_stay_there() {
        assertThat(app.get("/", "X-Forwarded-Proto", "https").headers().firstValue("Strict-Transport-Security"))
                .isEmpty();
        try (var proxied = RunningApp.start(
                TestDatabase.SHARED,
                Map.of("INVOICER_ADMIN_PASSWORD", RunningApp.PASSWORD, "INVOICER_BEHIND_PROXY", "true"))) {
            assertThat(proxied.get("/", "X-Forwarded-Proto", "https").headers().firstValue("Strict-Transport-Security"))
                    .contains("max-age=31536000; includeSubDomains");
            assertThat(proxied.get("/", "X-Forwarded-Proto", "http").headers().map())
                    .doesNotContainKey("strict-transport-security");
        }
    }
}
