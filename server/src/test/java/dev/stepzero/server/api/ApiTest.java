package dev.stepzero.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.server.Sample;
import dev.stepzero.ship.queue.RunQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What programs can read and do; each answer is held to the document. */
@ExtendWith(RunningServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
    private Sample sample;
    private String project;
    private long run;
    private long finding;
    private ApiClient viewer;

    @BeforeAll
    void prepare(Running server) {
        project = "api-" + UUID.randomUUID().toString().substring(0, 8);
        sample = Sample.project(server, project);
        for (var i = 0; i < 4; i++) {
            run = sample.run("succeeded");
        }
        sample.step(run, "test", "verify", "succeeded", 1);
        for (var i = 1; i <= 5; i++) {
            sample.line(run, "test", i, "line " + i);
        }
        finding = sample.finding(run, "aws-sg-ingress-admin-open", 2, "A port is open");
        sample.finding(run, "aws-s3-public", 3, "A bucket is public");
        sample.deployment(run, "replaced", 'a', 3);
        sample.deployment(sample.run("succeeded"), "serving", 'b', 1);
        viewer = ApiClient.as(server, Grant.in(project, Role.VIEWER));
    }

    private String of(String path) {
        return "/api/v1/projects/" + project + path;
    }

    @Test
    void listsComeInPartsThatLeadToEachOther() {
        var seen = new ArrayList<Long>();
        var path = "/api/v1/runs?limit=2&status=succeeded";
        while (!path.isEmpty()) {
            var answer = viewer.get(path);
            answer.json().path("items").forEach(each -> seen.add(each.path("id").longValue()));
            var link = answer.header("Link");
            assertThat(link.isEmpty()).isEqualTo(answer.text("/next").isEmpty());
            path = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
        }

        assertThat(seen).hasSize(5).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void everythingThatAPageShowsIsRead() {
        for (var path : List.of(
                "/api/v1/me",
                "/api/v1/tokens",
                "/api/v1/projects",
                of(""),
                "/api/v1/runs/" + run,
                "/api/v1/environments",
                "/api/v1/environments?limit=1",
                "/api/v1/deployments",
                of("/environments/production/deployments"),
                of("/environments/production/rollbacks"),
                of("/releases/" + Sample.imageOf('b')),
                of("/releases/" + Sample.imageOf('b') + "/statements"),
                "/api/v1/findings?severity=critical&order=newest",
                "/api/v1/findings/counts",
                "/api/v1/findings/" + finding,
                "/api/v1/waivers",
                "/api/v1/changes",
                "/api/v1/bypasses",
                "/api/v1/metrics/delivery?days=90")) {
            assertThat(viewer.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(viewer.get("/api/v1/findings/" + finding).text("/code/1/text"))
                .contains("ingress");
    }

    @Test
    void aLogIsTextInParts() {
        var first = viewer.get("/api/v1/runs/" + run + "/log?limit=2");
        var link = first.header("Link");
        var rest = viewer.get(link.substring(1, link.indexOf('>')).replace("limit=2", "limit=50"));

        assertThat(first.http().body()).isEqualTo("line 1\nline 2\n");
        assertThat(rest.http().body()).isEqualTo("line 3\nline 4\nline 5\n");
        assertThat(rest.header("Link")).isEmpty();
        assertThat(viewer.get("/api/v1/runs/" + run + "/log?search=LINE%203")
                        .http()
                        .body())
                .isEqualTo("line 3\n");
    }

    @Test
    void eventsOfARunThatIsOverEnd() {
        var events = viewer.get("/api/v1/runs/" + run + "/events").http().body();

        assertThat(events)
                .contains("event: lines")
                .contains("[\"test\",\"line 5\"]")
                .contains("event: end");
    }

    @Test
    void whatOthersHaveIsNotThere(Running server) {
        var stranger = ApiClient.as(server, Grant.in("elsewhere", Role.VIEWER));

        for (var path : List.of(
                "/api/v1/runs/" + run,
                "/api/v1/runs/" + run + "/log",
                "/api/v1/runs/" + run + "/events",
                "/api/v1/findings/" + finding,
                "/api/v1/runs?project=" + project)) {
            assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(stranger.get("/api/v1/runs").json().path("items")).isEmpty();
        assertThat(stranger.get(of("")).status()).isEqualTo(403);
    }

    @Test
    void aRefusalSaysWhichRoleIsMissing(Running server) {
        var problem = viewer.post(of("/requests"), "{\"purpose\":\"verify\"}");
        var reads = ApiClient.withToken(
                server, server.person(Grant.everywhere(Role.OPERATOR)), Grant.everywhere(Role.OPERATOR), false);

        assertThat(problem.status()).isEqualTo(403);
        assertThat(problem.text("/detail")).contains("developer or operator").contains("in this project");
        assertThat(reads.post(of("/requests"), "{}").text("/detail")).contains("only reads");
    }

    @Test
    void whatIsNotKnownIsRefusedByName(Running server) {
        var developer = ApiClient.as(server, Grant.in(project, Role.DEVELOPER));
        var waivers = of("/findings/" + finding + "/waivers");

        assertRefused(viewer.get("/api/v1/runs?colour=red"), 400, "colour");
        assertRefused(viewer.get("/api/v1/me?verbose=1"), 400, "verbose");
        assertRefused(viewer.get("/api/v1/runs?limit=0"), 400, "limit");
        assertRefused(viewer.get("/api/v1/runs?limit=101"), 400, "limit");
        assertRefused(viewer.get("/api/v1/runs?limit=2&limit=3"), 400, "limit");
        assertRefused(viewer.get("/api/v1/runs?status=fine"), 400, "status");
        assertRefused(viewer.get("/api/v1/runs?after=x"), 400, "after");
        assertRefused(viewer.get("/api/v1/findings?after=9-9"), 400, "after");
        assertRefused(viewer.get("/api/v1/runs/x"), 400, "run");
        assertRefused(developer.post(waivers, "{\"reason\":\"r\",\"until\":\"soon\"}"), 422, "until");
        assertRefused(developer.post(waivers, "{\"reason\":\"r\"}"), 422, "until");
        assertRefused(developer.post(waivers, "{\"reason\":7,\"until\":\"2026-12-01\"}"), 422, "reason");
        assertRefused(developer.post(waivers, "{\"reason\":\"\\u0000\",\"until\":\"2026-12-01\"}"), 422, "reason");
        assertRefused(developer.post(waivers, "{\"reason\":\"\\ud800\",\"until\":\"2026-12-01\"}"), 422, "reason");
        assertRefused(developer.post(waivers, "{\"reason\":\"r\",\"until\":\"2026-12-01\",\"by\":1}"), 422, "by");
        assertThat(developer
                        .post(waivers, "{\"reason\":\"a\",\"reason\":\"b\"}")
                        .status())
                .isEqualTo(400);
        assertThat(developer.post(waivers, "{").status()).isEqualTo(400);
        assertThat(developer.post(waivers, "[]").status()).isEqualTo(400);
        assertThat(developer.post(waivers, "[".repeat(20_000)).status()).isEqualTo(400);
        assertThat(developer
                        .post(waivers, "{\"reason\":\"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(developer
                        .with("Content-Type", "text/plain")
                        .post(waivers, "{}")
                        .status())
                .isEqualTo(415);
        var patched = viewer.client().send("PATCH", "/api/v1/runs", "{}", viewer.headers());
        assertThat(patched.statusCode()).isEqualTo(404);
    }

    private static void assertRefused(ApiClient.Answer answer, int status, String field) {
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
        assertThat(answer.text("/field")).isEqualTo(field);
        assertThat(answer.text("/detail")).isNotEmpty();
    }

    @Test
    void whoHasAnAnswerIsNotSentItAgain() {
        var first = viewer.get("/api/v1/runs/" + run);
        var second = viewer.with("If-None-Match", first.header("ETag")).get("/api/v1/runs/" + run);

        assertThat(second.status()).isEqualTo(304);
        assertThat(second.http().body()).isEmpty();
    }

    @Test
    void aWaiverIsAskedForByOneAndGrantedByAnother(Running server) {
        var developer = ApiClient.as(server, Grant.in(project, Role.DEVELOPER));
        var security = ApiClient.as(server, Grant.in(project, Role.SECURITY));
        var day = java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(10);

        var asked = developer.post(
                of("/findings/" + finding + "/waivers"), "{\"reason\":\"a test\",\"until\":\"%s\"}".formatted(day));
        var waiver = asked.json().path("id").longValue();
        var decided = security.post(of("/waivers/" + waiver + "/decision"), "{\"decision\":\"grant\"}");

        assertThat(asked.status()).isEqualTo(201);
        assertThat(asked.header("Location")).isEqualTo("/api/v1/waivers/" + waiver);
        assertThat(decided.text("/state")).isEqualTo("granted");
        assertThat(security.post(of("/waivers/" + waiver + "/decision"), "{\"decision\":\"grant\"}")
                        .status())
                .isEqualTo(409);
        assertThat(viewer.get(asked.header("Location")).text("/until")).isEqualTo(day.toString());
    }

    @Test
    void aRunIsAskedForAndTakenBack(Running server) {
        var developer = ApiClient.as(server, Grant.in(project, Role.DEVELOPER));

        var asked = developer.post(
                of("/requests"),
                "{\"purpose\":\"verify\",\"branch\":\"main\",\"commit\":\"%s\"}".formatted("d".repeat(40)));
        var request = asked.json().path("id").longValue();
        var cancelled = developer.post(of("/requests/" + request + "/cancellation"), "");

        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.text("/trust")).isEqualTo("internal");
        assertThat(cancelled.status()).isIn(200, 409);
        assertThat(server.part(RunQueue.class).find(request).orElseThrow().ref())
                .isEqualTo("refs/heads/main");
        assertThat(developer.get("/api/v1/requests/" + request).status()).isEqualTo(200);
    }

    @Test
    void aRunThatMakesNoSenseIsRefused(Running server) {
        var developer = ApiClient.as(server, Grant.in(project, Role.DEVELOPER));
        var commit = "\"commit\":\"%s\"".formatted("d".repeat(40));

        assertRefused(developer.post(of("/requests"), "{\"purpose\":\"ship\"," + commit + "}"), 422, "environment");
        assertRefused(
                developer.post(of("/requests"), "{\"purpose\":\"ship\",\"branch\":\"x\"," + commit + "}"),
                422,
                "branch");
        assertThat(developer
                        .post(of("/requests"), "{\"purpose\":\"ship\",\"environment\":\"moon\"," + commit + "}")
                        .status())
                .isEqualTo(422);
        assertThat(developer
                        .post(of("/requests"), "{\"purpose\":\"verify\",\"branch\":\"x\",\"commit\":\"main\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aSecretIsStoredRotatedAndRemovedAndNeverReadBack(Running server) {
        var operator = ApiClient.as(server, Grant.in(project, Role.OPERATOR));

        var made = operator.post(
                of("/secrets"),
                "{\"environment\":\"production\",\"step\":\"smoke\",\"name\":\"TOKEN\",\"value\":\"correct horse\"}");
        var path = of("/secrets/production/smoke/TOKEN");
        var rotated = operator.post(path + "/versions", "{\"value\":\"battery staple\",\"overlapSeconds\":60}");
        var listed = operator.get(of("/secrets?limit=1"));
        var versions = operator.get(path + "/versions");

        assertThat(made.status()).isEqualTo(201);
        assertThat(rotated.json().path("version").intValue()).isEqualTo(2);
        assertThat(versions.json()).hasSize(2);
        assertThat(made.http().body()
                        + rotated.http().body()
                        + listed.http().body()
                        + versions.http().body())
                .doesNotContain("horse", "staple");
        assertThat(operator.send("DELETE", path, "").status()).isEqualTo(204);
        assertThat(operator.send("DELETE", path, "").status()).isEqualTo(404);
        assertThat(viewer.get(of("/secrets")).status()).isEqualTo(403);
    }

    @Test
    void theLedgerIsSearchedAndProven(Running server) {
        var auditor = ApiClient.as(server, Grant.everywhere(Role.AUDITOR));
        server.part(InstalledLedger.class).ledger().settle();

        var page = auditor.get("/api/v1/ledger/entries?limit=1&from=2020-01-01T00:00:00Z");
        server.part(InstalledLedger.class).ledger().checkpoint();
        var number = page.json().at("/items/0/number").longValue();
        var entry = auditor.get("/api/v1/ledger/entries/" + number);

        assertThat(entry.text("/entry/leaf")).isEqualTo(page.text("/items/0/leaf"));
        assertThat(entry.text("/proof/checkpoint")).isNotEmpty();
        assertThat(auditor.get("/api/v1/ledger/checkpoint").http().body()).contains("\n\n\u2014 ");
        assertThat(auditor.get("/api/v1/ledger/export?from=" + number)
                        .http()
                        .body()
                        .lines())
                .hasSizeGreaterThan(1);
        assertThat(auditor.get("/api/v1/ledger/entries/99999999").status()).isEqualTo(404);
        assertRefused(auditor.get("/api/v1/ledger/entries?from=yesterday"), 400, "from");
    }

    @Test
    void rolesAreGivenButNotToTheTokensOwner(Running server) {
        var person = server.person(Grant.everywhere(Role.ADMINISTRATOR));
        var other = server.person();
        var admin = ApiClient.withToken(server, person, Grant.everywhere(Role.ADMINISTRATOR), true);

        var given = admin.post(
                "/api/v1/people/%d/roles".formatted(other.id()), "{\"role\":\"viewer\",\"project\":\"shop\"}");
        var own = admin.post("/api/v1/people/%d/roles".formatted(person.id()), "{\"role\":\"approver\"}");

        assertThat(given.text("/roles/0/role")).isEqualTo("viewer");
        assertThat(own.status()).isEqualTo(409);
        assertThat(admin.post(
                                "/api/v1/people/%d/roles/withdrawal".formatted(other.id()),
                                "{\"role\":\"viewer\",\"project\":\"shop\"}")
                        .json()
                        .path("roles"))
                .isEmpty();
        assertThat(admin.get("/api/v1/people?limit=2").json().path("items")).hasSize(2);
        assertThat(admin.send("PUT", "/api/v1/people/%d/active".formatted(other.id()), "{\"active\":false}")
                        .json()
                        .path("active")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void aProjectIsRegisteredAndSettled(Running server) {
        var admin = ApiClient.as(server, Grant.everywhere(Role.ADMINISTRATOR));
        var name = project + "-b";
        var settings = """
                {"cloneUrl":"https://forge.example.org/team/b.git","provider":"github","protectedBranch":"main",
                 "environments":["staging","production"],"failOn":"high"}""";

        var made = admin.post("/api/v1/projects", "{\"name\":\"%s\",\"settings\":%s}".formatted(name, settings));
        var settled = admin.send("PUT", "/api/v1/projects/" + name + "/settings", settings.replace("high", "low"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(settled.text("/failOn")).isEqualTo("low");
        assertThat(admin.get("/api/v1/projects/" + name + "/settings").text("/environments/0"))
                .isEqualTo("staging");
        assertRefused(
                admin.post("/api/v1/projects", "{\"name\":\"x\",\"settings\":{\"cloneUrl\":1}}"),
                422,
                "settings.cloneUrl");
    }

    @Test
    void anotherEnvironmentThanTheFirstTakesAnOperator(Running server) {
        var admin = ApiClient.as(server, Grant.everywhere(Role.ADMINISTRATOR));
        var name = project + "-c";
        admin.post("/api/v1/projects", """
                {"name":"%s","settings":{"cloneUrl":"https://forge.example.org/team/c.git","provider":"github",
                 "protectedBranch":"main","environments":["staging","production"]}}""".formatted(name));
        var body = "{\"purpose\":\"ship\",\"environment\":\"production\",\"commit\":\"%s\"}".formatted("e".repeat(40));
        var path = "/api/v1/projects/" + name + "/requests";

        var refused = ApiClient.as(server, Grant.in(name, Role.DEVELOPER)).post(path, body);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("/detail")).contains("operator");
        assertThat(ApiClient.as(server, Grant.in(name, Role.OPERATOR))
                        .post(path, body)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void aTokenSeesAndRevokesItselfOnly(Running server) {
        var person = server.person(Grant.everywhere(Role.VIEWER));
        var one = ApiClient.withToken(server, person, Grant.everywhere(Role.VIEWER), true);
        var _ = ApiClient.withToken(server, person, Grant.everywhere(Role.VIEWER), true);
        var all = server.part(ApiTokens.class).of(person.id());

        assertThat(one.get("/api/v1/tokens").json()).hasSize(1);
        assertThat(one.send("DELETE", "/api/v1/tokens/" + all.getFirst().id(), "")
                        .status())
                .isEqualTo(404);
        assertThat(one.send("DELETE", "/api/v1/tokens/" + all.getLast().id(), "")
                        .status())
                .isEqualTo(204);
        assertThat(one.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void anOpinionIsAPersons(Running server) {
        var name = project + "-d";
        var change = Sample.project(server, name);
        change.verification(7, "succeeded");
        var token = ApiClient.as(server, Grant.in(name, Role.APPROVER));
        var path = "/api/v1/projects/" + name + "/changes/7/opinion";
        var body = "{\"opinion\":\"approve\",\"commit\":\"%s\"}".formatted(change.commit());

        assertThat(token.post(path, body).status()).isEqualTo(403);
        var session = server.signedIn(Grant.in(name, Role.APPROVER))
                .send("POST", path, body, java.util.Map.of("Content-Type", "application/json"));
        var waiting = token.get("/api/v1/changes").json();

        assertThat(session.statusCode()).isEqualTo(204);
        assertThat(waiting.at("/items/0/approvals").intValue()).isEqualTo(1);
        assertThat(waiting.at("/items/0/commit").asString("")).isEqualTo(change.commit());
    }

    @Test
    void aSessionChangesNothingWithoutTheTokenAgainstForgedRequests(Running server) {
        var client = server.signedIn(Grant.in(project, Role.APPROVER));

        var forged = client.send(
                "POST",
                of("/changes/7/opinion"),
                "{}",
                java.util.Map.of("Content-Type", "application/json", "X-CSRF-TOKEN", "wrong"));

        assertThat(forged.statusCode()).isEqualTo(403);
    }

    @Test
    void noOtherSiteMayAsk() {
        var answer = viewer.with("Origin", "https://evil.example").get("/api/v1/me");

        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }
}
