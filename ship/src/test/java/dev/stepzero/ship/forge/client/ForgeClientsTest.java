package dev.stepzero.ship.forge.client;

import static dev.stepzero.ship.forge.client.RecordedForge.COMMIT;
import static dev.stepzero.ship.forge.client.RecordedForge.KEY;
import static dev.stepzero.ship.forge.client.RecordedForge.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.forge.client.RecordedForge.Answered;
import dev.stepzero.ship.forge.client.Report.State;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to each forge, against the answers that their API documentation describes. */
class ForgeClientsTest {
    private RecordedForge forge;

    @BeforeEach
    void start() throws IOException {
        forge = new RecordedForge();
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    @Test
    void gitHubGetsAStatusAndOneComment() throws Exception {
        var client = new GitHubClient(forge.connection("/api/v3"), false, KEY);

        client.tell(report(State.BLOCKED, 1, 7));

        var status = forge.only("POST", "/api/v3/repos/o/r/statuses/" + COMMIT);
        assertThat(status.authorization()).isEqualTo("Bearer t0ken");
        assertThat(status.body().path("state").stringValue()).isEqualTo("failure");
        assertThat(status.body().path("context").stringValue()).isEqualTo("stepzero");
        var comment = forge.only("POST", "/api/v3/repos/o/r/issues/7/comments");
        assertThat(comment.body().path("body").stringValue())
                .contains("Stepzero: blocked", "docker\\/Dockerfile0", "Add USER 65534")
                .containsPattern("<!-- stepzero-[0-9a-f]{32} -->");
    }

    @Test
    void aCommentIsChangedAndNotRepeated() throws Exception {
        var client = new GitHubClient(forge.connection("/"), false, KEY);
        client.tell(report(State.BLOCKED, 1, 7));
        var text = forge.only("POST", "/repos/o/r/issues/7/comments").body().path("body");
        var page =
                "[{\"id\":1,\"body\":\"hello\"},{\"id\":5,\"body\":%s},{\"id\":4,\"body\":%s}]".formatted(text, text);
        forge.on("GET /repos/o/r/issues/7/comments", new Answered(200, page, Map.of()), Answered.ok("[]"));
        forge.asked.clear();

        client.tell(report(State.PASSED, 0, 7));

        assertThat(forge.only("PATCH", "/repos/o/r/issues/comments/4")
                        .body()
                        .path("body")
                        .stringValue())
                .contains("Stepzero: passed");
        assertThat(forge.asked)
                .noneMatch(each ->
                        each.path().endsWith("7/comments") && each.method().equals("POST"));
        forge.on("GET /repos/o/r/issues/7/comments", new Answered(200, page, Map.of()), Answered.ok("[]"));
        forge.asked.clear();
        client.tell(report(State.BLOCKED, 1, 7));
        assertThat(forge.asked)
                .as("the same text is left as it is")
                .noneMatch(each -> each.method().equals("PATCH"));
    }

    @Test
    void aRunThatGoesOnIsNotCommented() throws Exception {
        new GiteaClient(forge.connection("/api/v1"), KEY).tell(report(State.RUNNING, 0, 7));

        assertThat(forge.asked).hasSize(1);
        assertThat(forge.only("POST", "/api/v1/repos/o/r/statuses/" + COMMIT)
                        .body()
                        .path("state")
                        .stringValue())
                .isEqualTo("pending");
    }

    @Test
    void aGitHubAppMakesACheckRunWithAnnotationsInPortionsOfFifty() throws Exception {
        forge.on("GET /repos/o/r/commits/" + COMMIT + "/check-runs", Answered.ok("{'check_runs':[]}"));
        forge.on("POST /repos/o/r/check-runs", Answered.ok("{'id':99}"));

        new GitHubClient(forge.connection("/"), true, KEY).tell(report(State.BLOCKED, 120, 0));

        assertThat(forge.only("POST", "/repos/o/r/check-runs")
                        .body()
                        .path("external_id")
                        .stringValue())
                .isEqualTo("12");
        var changes = forge.asked.stream()
                .filter(each -> each.method().equals("PATCH"))
                .toList();
        assertThat(changes)
                .extracting(each -> each.body().at("/output/annotations").size())
                .containsExactly(50, 50, 20);
        assertThat(changes.getFirst().body().has("conclusion")).isFalse();
        assertThat(changes.getLast().body().path("conclusion").stringValue()).isEqualTo("failure");
        var annotation = changes.getFirst().body().at("/output/annotations/0");
        assertThat(annotation.path("path").stringValue()).isEqualTo("docker/Dockerfile0");
        assertThat(annotation.path("start_line").intValue()).isEqualTo(3);
        assertThat(annotation.path("end_line").intValue()).isEqualTo(4);
        assertThat(annotation.path("annotation_level").stringValue()).isEqualTo("failure");
    }

    @Test
    void aCheckRunThatIsConcludedIsLeftAlone() throws Exception {
        forge.on(
                "GET /repos/o/r/commits/" + COMMIT + "/check-runs",
                Answered.ok("{'check_runs':[{'id':99,'external_id':'12','status':'completed'}]}"));

        new GitHubClient(forge.connection("/"), true, KEY).tell(report(State.BLOCKED, 1, 0));

        assertThat(forge.asked).hasSize(1);
    }

    @Test
    void aGitHubAppSignsATokenWithItsKeyAndUsesWhatItGets() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var keys = generator.generateKeyPair();
        var pkcs8 = keys.getPrivate().getEncoded();
        // PKCS #8 wraps PKCS #1 behind 26 bytes for a key of this size.
        var pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        for (var pem : new String[] {pem("PRIVATE KEY", pkcs8), pem("RSA PRIVATE KEY", pkcs1)}) {
            forge.asked.clear();
            forge.on(
                    "POST /app/installations/5/access_tokens",
                    Answered.ok("{'token':'ghs_one','expires_at':'2026-11-21T13:00:00Z'}"),
                    Answered.ok("{'token':'ghs_two','expires_at':'2027-11-21T13:00:00Z'}"));
            forge.clock.now = java.time.Instant.parse("2026-11-21T12:00:00Z");
            var app = new GitHubApp("Iv1.abc", 5, pem, forge.address("/"), forge.http(), forge.clock);

            assertThat(app.value()).isEqualTo("Bearer ghs_one");
            assertThat(app.value()).isEqualTo("Bearer ghs_one");
            forge.clock.now = java.time.Instant.parse("2026-11-21T12:56:00Z");
            assertThat(app.value()).isEqualTo("Bearer ghs_two");

            var jwt = forge.asked.getFirst().authorization().substring("Bearer ".length());
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys.getPublic());
            signature.update(
                    jwt.substring(0, jwt.lastIndexOf('.')).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(signature.verify(Base64.getUrlDecoder().decode(jwt.substring(jwt.lastIndexOf('.') + 1))))
                    .isTrue();
        }
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(der), kind);
    }

    @Test
    void gitLabGetsAStatusOfTheEncodedProjectAndANote() throws Exception {
        new GitLabClient(forge.connection("/api/v4"), KEY).tell(report(State.PASSED, 0, 3));

        assertThat(forge.only("POST", "/api/v4/projects/o%2Fr/statuses/" + COMMIT)
                        .body()
                        .path("state")
                        .stringValue())
                .isEqualTo("success");
        assertThat(forge.only("POST", "/api/v4/projects/o%2Fr/merge_requests/3/notes")
                        .body()
                        .path("body")
                        .stringValue())
                .contains("Stepzero: passed");
    }

    @Test
    void gitLabMayHaveTheStateAlready() throws Exception {
        forge.on(
                "POST /api/v4/projects/o%2Fr/statuses/" + COMMIT,
                new Answered(400, "{\"message\":\"Cannot transition status via :run from :running\"}", Map.of()));

        new GitLabClient(forge.connection("/api/v4"), KEY).tell(report(State.RUNNING, 0, 0));

        assertThat(forge.asked).hasSize(1);
    }

    @Test
    void bitbucketGetsABuildStatusAReportAndAnnotations() throws Exception {
        forge.on("GET /2.0/repositories/o/r/pullrequests/7/comments", Answered.ok("{'values':[]}"));

        new BitbucketClient(forge.connection("/2.0"), KEY).tell(report(State.BLOCKED, 150, 7));

        var commit = "/2.0/repositories/o/r/commit/" + COMMIT;
        assertThat(forge.only("POST", commit + "/statuses/build")
                        .body()
                        .path("state")
                        .stringValue())
                .isEqualTo("FAILED");
        assertThat(forge.only("PUT", commit + "/reports/stepzero")
                        .body()
                        .path("result")
                        .stringValue())
                .isEqualTo("FAILED");
        assertThat(forge.asked.stream().filter(each -> each.path().endsWith("/annotations")))
                .extracting(each -> each.body().size())
                .containsExactly(100, 50);
        assertThat(forge.only("POST", "/2.0/repositories/o/r/pullrequests/7/comments")
                        .body()
                        .at("/content/raw")
                        .stringValue())
                .contains("[//]: # (stepzero-")
                .doesNotContain("<!--");
    }

    @Test
    void dataCenterGetsABuildAReportAndAComment() throws Exception {
        var pull = "/rest/api/latest/projects/o/repos/r/pull-requests/7";
        forge.on(
                "GET " + pull + "/activities",
                Answered.ok(
                        "{'values':[{'action':'OPENED'},{'action':'COMMENTED','comment':{'id':1,'text':'x','version':0}}],'isLastPage':false,'nextPageStart':100}"),
                Answered.ok("{'values':[],'isLastPage':true}"));

        new DataCenterClient(forge.connection("/rest"), KEY).tell(report(State.PASSED, 2, 7));

        var commit = "/projects/o/repos/r/commits/" + COMMIT;
        assertThat(forge.only("POST", "/rest/api/latest" + commit + "/builds")
                        .body()
                        .path("state")
                        .stringValue())
                .isEqualTo("SUCCESSFUL");
        assertThat(forge.only("PUT", "/rest/insights/latest" + commit + "/reports/stepzero")
                        .body()
                        .path("result")
                        .stringValue())
                .isEqualTo("PASS");
        assertThat(forge.only("POST", "/rest/insights/latest" + commit + "/reports/stepzero/annotations")
                        .body()
                        .path("annotations"))
                .hasSize(2);
        assertThat(forge.only("POST", pull + "/comments").body().path("text").stringValue())
                .contains("Stepzero: passed");
        assertThat(URI.create(forge.asked.get(5).path())).hasParameter("start", "100");
    }
}
