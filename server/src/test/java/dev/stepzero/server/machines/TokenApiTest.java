package dev.stepzero.server.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Client;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.server.oidc.TestIssuer;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith({RunningServer.class, Pages.class})
class TokenApiTest {
    private static final String CLAIMS = """
            repository = octo/shop
            ref = refs/heads/main
            environment = production""";

    private final TestIssuer issuer = new TestIssuer();
    private Running server;
    private Client administrator;
    private String project;
    private Path file;

    @BeforeEach
    void trust(Running running) throws IOException {
        server = running;
        server.part(Jdbi.class).useHandle(handle -> handle.execute("DELETE FROM throttle"));
        administrator = server.signedIn(Grant.everywhere(Role.ADMINISTRATOR));
        project = "shop-" + UUID.randomUUID().toString().substring(0, 8);
        server.part(Projects.class)
                .register(RegisteredProject.of(
                        project,
                        "https://forge.example.org/octo/shop.git",
                        "github",
                        "main",
                        List.of("production"),
                        ProjectSettings.DEFAULTS,
                        "jane"));
        file = server.home().root().resolve("server/oidc/runners.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                for: github-actions
                issuer: %s
                openAddresses: [127.0.0.1]
                """.formatted(issuer.address()));
    }

    @AfterEach
    void forget() throws IOException {
        Files.deleteIfExists(file);
        issuer.close();
    }

    @Test
    void aJobThatARuleTrustsGetsAShortTokenForTheProjectAlone() {
        add("developer", CLAIMS);

        var answer = exchange(token(Map.of()), project);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        var given = json(answer);
        assertThat(given.path("token_type").stringValue()).isEqualTo("Bearer");
        assertThat(given.path("issued_token_type").stringValue())
                .isEqualTo("urn:ietf:params:oauth:token-type:access_token");
        assertThat(given.path("expires_in").intValue()).isEqualTo(900);
        var me = json(as(given.path("access_token").stringValue()));
        assertThat(me.path("kind").stringValue()).isEqualTo("machine");
        assertThat(me.path("name").stringValue()).isEqualTo("runners:repo:octo/shop:environment:production");
        assertThat(me.path("roles").path(project).toString()).isEqualTo("[\"developer\"]");
        assertThat(me.path("roles").path("*").isEmpty()).isTrue();
    }

    @Test
    void aJobThatNoRuleTrustsGetsNothingAndIsNotToldTheRules() {
        add("developer", CLAIMS);

        for (var wrong : List.<Map<String, Object>>of(
                Map.of("ref", "refs/heads/other"),
                Map.of("repository", "mallory/shop"),
                Map.of("environment", "staging"),
                Map.of("event_name", "pull_request_target"),
                Map.of("event_name", "pull_request", "ref", "refs/pull/1/merge"))) {
            var answer = exchange(token(wrong), project);

            assertThat(answer.statusCode()).as(wrong.toString()).isEqualTo(400);
            assertThat(json(answer).path("error").stringValue()).isEqualTo("invalid_grant");
            assertThat(answer.body())
                    .contains("no rule of the project trusts this job")
                    .doesNotContain("refs/heads/main");
        }
        assertThat(exchange(token(Map.of()), "another-project").statusCode()).isEqualTo(400);
    }

    @Test
    void aTokenIsExchangedOnceEvenByManyAtOnce() throws Exception {
        add("developer", CLAIMS);
        var token = token(Map.of());

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 10)
                    .mapToObj(i -> threads.submit(() -> exchange(token, project).statusCode()))
                    .toList();
            var given = 0;
            for (var answer : answers) {
                given += answer.get() == 200 ? 1 : 0;
            }
            assertThat(given).isEqualTo(1);
        }
        assertThat(exchange(token, project).body()).contains("exchanged before");
    }

    @Test
    void whatIsNotTheIssuersOrNotForUsIsRefused() {
        add("developer", CLAIMS);
        var forged = TestIssuer.newKey("first");

        assertThat(exchange(token(Map.of("aud", "https://another.example.org")), project)
                        .body())
                .contains("meant for somebody else");
        assertThat(exchange(token(Map.of("iss", "https://evil.example.org")), project)
                        .body())
                .contains("no service is known");
        assertThat(exchange(issuer.signed(claims(Map.of("aud", audience(), "iss", issuer.address())), forged), project)
                        .statusCode())
                .isEqualTo(400);
        assertThat(exchange(token(Map.of("jti", "")), project).body()).contains("no number");
        for (var text : List.of("a.b.c", "..", "x", "\u0000", "a".repeat(100_000))) {
            assertThat(exchange(text, project).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void whatIsNoExchangeIsRefusedAsTheStandardSays() {
        assertThat(json(server.anonymous().post("/oauth/token", Map.of()))
                        .path("error")
                        .stringValue())
                .isEqualTo("unsupported_grant_type");
        assertThat(json(server.anonymous().post("/oauth/token", Map.of("grant_type", TokenApi.GRANT)))
                        .path("error")
                        .stringValue())
                .isEqualTo("invalid_request");
    }

    @Test
    void aRoleMayBeAskedForWhereSeveralRulesFit() {
        add("viewer", CLAIMS);
        add("operator", CLAIMS);

        assertThat(json(exchange(token(Map.of()), project)).path("scope").stringValue())
                .isEqualTo("viewer");
        assertThat(json(exchange(token(Map.of()), project, "operator"))
                        .path("scope")
                        .stringValue())
                .isEqualTo("operator");
        assertThat(exchange(token(Map.of()), project, "developer").statusCode()).isEqualTo(400);
        assertThat(exchange(token(Map.of()), project, "king").statusCode()).isEqualTo(400);
    }

    @Test
    void whatWasGivenEndsWithItsRule() {
        add("developer", CLAIMS);
        var given =
                json(exchange(token(Map.of()), project)).path("access_token").stringValue();
        assertThat(as(given).statusCode()).isEqualTo(200);

        var page = administrator.get("/projects/" + project + "/machines").body();
        var path = page.replaceAll("(?s).*action=\"([^\"]*/remove)\".*", "$1");
        assertThat(administrator.post(path, Map.of()).statusCode()).isEqualTo(303);

        assertThat(as(given).statusCode()).isEqualTo(401);
        assertThat(exchange(token(Map.of()), project).statusCode()).isEqualTo(400);
    }

    @Test
    void aRuleThatTrustsTooMuchIsNotMade() {
        assertThat(add("developer", "repository = octo/shop").body()).contains("every branch");
        assertThat(add("developer", "repository = octo/*\nref = refs/heads/main")
                        .body())
                .contains("whose jobs");
        assertThat(add("administrator", CLAIMS).body()).contains("a machine cannot be administrator");
        assertThat(add("developer", CLAIMS + "\nref = refs/heads/x").body()).contains("there twice");
        assertThat(add("developer", "repository").body()).contains("is no claim");
    }

    @Test
    void othersJobsDoNotHoldUpOurs() {
        add("developer", CLAIMS);
        var other =
                Map.<String, Object>of("repository", "mallory/shop", "sub", "repo:mallory/shop:ref:refs/heads/main");
        // Between two that are held up one may be judged again: each pause is twice as long as the one before.
        var answers = Stream.generate(() -> exchange(token(other), project).body())
                .limit(40)
                .toList();

        assertThat(answers).anySatisfy(answer -> assertThat(answer).contains("too often"));
        assertThat(exchange(token(Map.of()), project).statusCode()).isEqualTo(200);
    }

    @Test
    void anAdministratorMakesARuleOnItsPage(Window window) {
        var person = server.person(Grant.everywhere(Role.ADMINISTRATOR));
        var page = window.as(person).open("/projects/" + project + "/machines");
        page.getByLabel("CI service").selectOption(issuer.address());
        page.getByLabel("What its token must say").fill(CLAIMS);
        page.getByText("Trust", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
                .click();

        com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat(page.locator("tbody tr"))
                .containsText("environment = production");
        assertThat(window.barriers()).isEmpty();
        assertThat(window.complaints()).isEmpty();
        assertThat(exchange(token(Map.of()), project).statusCode()).isEqualTo(200);
    }

    @Test
    void aServiceThatIsDownIsSaidToBe() {
        add("developer", CLAIMS);
        issuer.down(true);

        var answer = exchange(token(Map.of()), project);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("does not answer now");
    }

    private HttpResponse<String> add(String role, String claims) {
        return administrator.post(
                "/projects/" + project + "/machines",
                Map.of("issuer", issuer.address(), "role", role, "claims", claims));
    }

    private String audience() {
        return server.address().toString();
    }

    private String token(Map<String, Object> changed) {
        return issuer.token(audience(), claims(changed));
    }

    private static Map<String, Object> claims(Map<String, Object> changed) {
        var claims = new HashMap<String, Object>(Map.of(
                "sub", "repo:octo/shop:environment:production",
                "repository", "octo/shop",
                "ref", "refs/heads/main",
                "environment", "production",
                "event_name", "push",
                "run_id", "12"));
        claims.putAll(changed);
        return claims;
    }

    private HttpResponse<String> exchange(String token, String project) {
        return exchange(token, project, "");
    }

    private HttpResponse<String> exchange(String token, String project, String role) {
        return server.anonymous()
                .post(
                        "/oauth/token",
                        Map.of(
                                "grant_type", TokenApi.GRANT,
                                "subject_token", token,
                                "subject_token_type", "urn:ietf:params:oauth:token-type:jwt",
                                "audience", project,
                                "scope", role));
    }

    private HttpResponse<String> as(String token) {
        return server.anonymous().send("GET", "/api/v1/me", "", Map.of("Authorization", "Bearer " + token));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body());
    }
}
