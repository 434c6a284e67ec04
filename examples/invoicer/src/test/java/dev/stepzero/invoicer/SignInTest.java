package dev.stepzero.invoicer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignInTest {
    private static final String SESSION = "__Host-invoicer-session";
    private static final String SIGN_IN = "__Host-invoicer-sign-in";
    private final TestClock clock = new TestClock();
    private TestIssuer issuer;
    private RunningApp app;

    private static final class TestClock extends Clock {
        private Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void start() throws IOException {
        issuer = new TestIssuer();
        app = RunningApp.start(TestDatabase.SHARED, issuer.settings(), clock);
    }

    @AfterEach
    void stop() {
        app.close();
        issuer.close();
    }

    private HttpResponse<String> tls(String method, String path, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("X-Forwarded-Proto", "https"));
        return app.call(method, path, all.toArray(String[]::new));
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "=") && !cookie.contains("Max-Age=0"))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    /** The issuer's answer, in the browser that began. */
    private HttpResponse<String> comeBack() {
        var begun = tls("GET", "/authenticate");
        var path =
                issuer.approve(URI.create(begun.headers().firstValue("Location").orElseThrow()));
        return tls("GET", path, "Cookie", cookie(begun, SIGN_IN));
    }

    private String session() {
        return cookie(comeBack(), SESSION);
    }

    private String csrfToken(String session) {
        var token = Pattern.compile("name=\"csrf-token\" content=\"([^\"]{43})\"")
                .matcher(tls("GET", "/", "Cookie", session).body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    @Test
    void a_browser_is_sent_to_sign_in_and_a_program_is_told_to() {
        var browser = tls("GET", "/", "Accept", "text/html");
        var program = tls("GET", "/invoice/1");

        assertThat(browser.statusCode()).isEqualTo(303);
        assertThat(browser.headers().firstValue("Location")).contains("/authenticate");
        assertThat(program.statusCode()).isEqualTo(401);
        assertThat(program.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("OpenIDConnect ");
    }

    @Test
    void signing_in_asks_the_issuer_with_state_nonce_and_pkce() {
        var answer = tls("GET", "/authenticate");

        issuer.approve(URI.create(answer.headers().firstValue("Location").orElseThrow()));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(List.of(issuer.asked("state"), issuer.asked("nonce"), issuer.asked("code_challenge")))
                .doesNotHaveDuplicates()
                .allMatch(value -> value.length() == 43);
        assertThat(issuer.asked("redirect_uri")).isEqualTo("https://invoicer.example/oauth2callback");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .matches(SIGN_IN + "=[-_A-Za-z0-9]{43}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure");
    }

    @Test
    void whoever_the_issuer_vouches_for_gets_a_session() {
        var answer = comeBack();

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.matches(
                        SESSION + "=[-_A-Za-z0-9]{43}; Path=/; Max-Age=28800; HttpOnly; SameSite=Lax; Secure"))
                .anyMatch(cookie -> cookie.startsWith(SIGN_IN + "=; Path=/; Max-Age=0;"));
        var page = tls("GET", "/", "Cookie", cookie(answer, SESSION));
        assertThat(page.body()).contains("Signed in as ada@example.org");
        assertThat(app.log()).contains("\"user\":\"ada@example.org\"").doesNotContain("the-code");
    }

    @Test
    void the_database_never_sees_the_secret_of_a_session() throws SQLException {
        var secret = session().substring(SESSION.length() + 1);

        try (var connection = TestDatabase.SHARED.connect(TestDatabase.OWNER);
                var statement = connection.prepareStatement(
                        "SELECT count(*) FILTER (WHERE id_hash = sha256(convert_to(?, 'UTF8'))),"
                                + " count(*) FILTER (WHERE s::text LIKE '%' || ? || '%') FROM sessions s")) {
            statement.setString(1, secret);
            statement.setString(2, secret);
            var rows = statement.executeQuery();
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
            assertThat(rows.getInt(2)).isZero();
        }
    }

    @Test
    void a_change_needs_the_csrf_token_of_its_own_session() {
        var session = session();
        var foreign = csrfToken(session());

        for (var token : new String[] {"", "abc$def", foreign}) {
            var answer = tls("DELETE", "/invoice/0", "Cookie", session, "X-CSRF-Token", token);
            assertThat(answer.statusCode()).isEqualTo(406);
            assertThat(answer.body()).isEqualTo("Invalid CSRF Token\n");
        }
        assertThat(tls("DELETE", "/invoice/0", "Cookie", session).statusCode()).isEqualTo(406);
        assertThat(tls("POST", "/invoice", "Cookie", session).statusCode()).isEqualTo(406);
        assertThat(tls("GET", "/invoice/0", "Cookie", session).statusCode()).isEqualTo(404);
        assertThat(tls("DELETE", "/invoice/0", "Cookie", session, "X-CSRF-Token", csrfToken(session))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void signing_out_ends_the_session_for_good() {
        var session = session();

        var answer = tls("POST", "/sign-out", "Cookie", session, "X-CSRF-Token", csrfToken(session));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith(SESSION + "=; Path=/; Max-Age=0");
        assertThat(tls("GET", "/", "Cookie", session).statusCode()).isEqualTo(401);
    }

    @Test
    void a_session_ends_after_eight_hours() {
        var session = session();

        clock.now = clock.now.plus(Duration.ofHours(8).minusSeconds(1));
        assertThat(tls("GET", "/", "Cookie", session).statusCode()).isEqualTo(200);
        clock.now = clock.now.plusSeconds(1);
        assertThat(tls("GET", "/", "Cookie", session).statusCode()).isEqualTo(401);
    }

    @Test
    void a_session_made_over_tls_is_not_taken_without() {
        var session = session();

        assertThat(app.call("GET", "/", "Cookie", session).statusCode()).isEqualTo(401);
        assertThat(tls("GET", "/", "Cookie", session.replace("__Host-", "")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void an_answer_counts_only_in_the_browser_that_asked() {
        var begun = tls("GET", "/authenticate");
        var other = cookie(tls("GET", "/authenticate"), SIGN_IN);
        var path =
                issuer.approve(URI.create(begun.headers().firstValue("Location").orElseThrow()));

        assertThat(tls("GET", path).statusCode()).isEqualTo(406);
        assertThat(tls("GET", path, "Cookie", other).statusCode()).isEqualTo(406);
        assertThat(tls("GET", path + "x", "Cookie", cookie(begun, SIGN_IN)).statusCode())
                .isEqualTo(406);
        assertThat(tls("GET", "/oauth2callback?code=x").statusCode()).isEqualTo(406);
        assertThat(tls("GET", path.replace("the-code", "another"), "Cookie", cookie(begun, SIGN_IN))
                        .statusCode())
                .isEqualTo(403);
        assertThat(tls("GET", path.replace("code=the-code", "error=access_denied"), "Cookie", cookie(begun, SIGN_IN))
                        .statusCode())
                .isEqualTo(403);
    }

    static Stream<UnaryOperator<JWTClaimsSet.Builder>> badTokens() {
        return Stream.of(
                token -> token.claim("nonce", "another"),
                token -> token.claim("nonce", null),
                token -> token.issuer("https://evil.example"),
                token -> token.audience("another client"),
                token -> token.expirationTime(Date.from(Instant.now().minusSeconds(600))),
                token -> token.claim("email_verified", false),
                token -> token.claim("email_verified", "true"),
                token -> token.claim("email", "ada@example.org.evil.example"),
                token -> token.claim("email", "ada@evil.example"),
                token -> token.claim("email", null),
                token -> token.claim("email", 42));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void an_id_token_that_does_not_fit_opens_no_session(UnaryOperator<JWTClaimsSet.Builder> change) {
        issuer.claims = change;

        var answer = comeBack();

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith(SESSION));
        assertThat(app.log()).contains("\"action\":\"sign-in-failed\"");
    }

    @Test
    void an_id_token_with_another_signature_opens_no_session() {
        issuer.signingKey = TestIssuer.key();

        assertThat(comeBack().statusCode()).isEqualTo(403);
    }

    @Test
    void an_issuer_that_is_away_is_told_apart_from_a_refusal() {
        issuer.close();

        assertThat(tls("GET", "/authenticate").statusCode()).isEqualTo(502);
    }

    @Test
    void a_program_can_still_use_the_admin_password_if_one_was_chosen() {
        assertThat(app.get("/").statusCode()).isEqualTo(401);
        var settings = new HashMap<>(issuer.settings());
        settings.putAll(Map.of("INVOICER_ADMIN_PASSWORD", RunningApp.PASSWORD));
        try (var both = RunningApp.start(TestDatabase.SHARED, settings)) {
            assertThat(both.get("/").statusCode()).isEqualTo(200);
            assertThat(both.announced).isEmpty();
        }
    }
}
