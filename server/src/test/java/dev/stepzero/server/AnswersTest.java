package dev.stepzero.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Roles;
import dev.stepzero.guard.identity.Secret;
import dev.stepzero.server.RunningServer.Running;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every answer has, and what is answered to whom. */
@ExtendWith(RunningServer.class)
class AnswersTest {
    @Test
    void everyAnswerForbidsWhatItDoesNotNeed(Running server) {
        for (var path : new String[] {"/sign-in", "/health", "/api/v1/nothing", "/assets/style.css", "/nothing"}) {
            var headers = server.anonymous().get(path).headers();

            assertThat(headers.firstValue("Content-Security-Policy"))
                    .as(path)
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                            .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                            .doesNotContain("unsafe"));
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
            assertThat(headers.firstValue("Permissions-Policy")).isPresent();
            assertThat(headers.firstValue("X-Request-Id")).isPresent();
            assertThat(headers.firstValue("Server")).isEmpty();
        }
    }

    @Test
    void onePageDoesNotMakeTheFormsOfAnotherVoid(Running server) {
        var client = server.signedIn(Grant.everywhere(Role.VIEWER));

        assertThat(client.get("/").headers().allValues("Set-Cookie")).isEmpty();
        assertThat(client.get("/account/sessions").headers().allValues("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void programsGetProblemsAndPeopleGetPages(Running server) {
        var program = server.anonymous().get("/api/v1/me");
        var person = server.signedIn(Grant.everywhere(Role.VIEWER)).get("/nothing");

        assertThat(program.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(program.body())
                .contains("\"status\":401")
                .contains(program.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(person.statusCode()).isEqualTo(404);
        assertThat(person.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(person.body()).contains("There is nothing here");
    }

    @Test
    void aTokenActsForItsPersonAsFarAsItGoes(Running server) {
        var person = server.person(Grant.in("alpha", Role.DEVELOPER), Grant.everywhere(Role.ADMINISTRATOR));
        var developer = token(server, person.id(), Grant.in("alpha", Role.DEVELOPER));

        assertThat(me(server, "Bearer " + developer.text()))
                .contains("\"kind\":\"token\"", "\"alpha\":[\"developer\"]")
                .doesNotContain("administrator");
        var basic = Base64.getEncoder().encodeToString(("git:" + developer.text()).getBytes(StandardCharsets.UTF_8));
        assertThat(me(server, "Basic " + basic)).contains("\"alpha\":[\"developer\"]");
        assertThat(me(server, "Bearer stepzero_wrong")).contains("\"status\":401");
        assertThat(me(server, "Basic !")).contains("\"status\":401");

        server.part(People.class).withdraw(person.id(), Grant.in("alpha", Role.DEVELOPER));

        assertThat(me(server, "Bearer " + developer.text()))
                .as("not more than its person has")
                .contains("\"status\":401");
    }

    @Test
    void aTokenThatReadsDoesNotWrite(Running server) {
        var person = server.person(Grant.everywhere(Role.ADMINISTRATOR));
        var token = token(server, person.id(), Grant.everywhere(Role.ADMINISTRATOR));
        var header = Map.of("Authorization", "Bearer " + token.text());

        assertThat(server.anonymous().send("GET", "/people", "", header).statusCode())
                .isEqualTo(200);
        assertThat(server.anonymous().send("POST", "/people", "", header).statusCode())
                .isEqualTo(403);
    }

    @Test
    void nobodyGivesARoleToThemselves(Running server) {
        var person = server.person(Grant.everywhere(Role.ADMINISTRATOR));
        var client = server.signedIn(person, java.util.Set.of(dev.stepzero.guard.identity.Factor.PASSKEY));

        var answer = client.post("/people/" + person.id() + "/roles", Map.of("role", "approver"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(server.part(People.class).roles(person.id()).everywhere()).containsExactly(Role.ADMINISTRATOR);
    }

    private static Secret token(Running server, long person, Grant grant) {
        var owner = server.part(People.class).find(person).orElseThrow();
        return server.part(ApiTokens.class)
                .create(owner, Roles.NONE.with(grant), "test", grant, false, Duration.ofDays(1));
    }

    private static String me(Running server, String authorization) {
        return server.anonymous()
                .send("GET", "/api/v1/me", "", Map.of("Authorization", authorization))
                .body();
    }
}
