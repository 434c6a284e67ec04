package dev.stepzero.server.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.secrets.KeyEncryption;
import dev.stepzero.guard.secrets.SecretId;
import dev.stepzero.guard.secrets.SecretListener;
import dev.stepzero.guard.secrets.SecretScope;
import dev.stepzero.guard.secrets.SecretStore;
import dev.stepzero.guard.secrets.SecretValue;
import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a stranger's pull request can do, from the forge's delivery to the end of its run. */
@Timeout(180)
@ExtendWith(RunningServer.class)
class ForkTest {
    private static final String PASSWORD = "s3cret-of-production";
    private static final String SETTINGS = """
            build: {fetch: "true", run: "true", artifact: .}
            test:
              run: >-
                mkdir -p reports && printf '<testsuite name="a" tests="1"><testcase classname="a" name="b"/></testsuite>' > reports/a.xml
            steps:
              smoke:
                run: echo begun && env && cat "$TOKEN_FILE"
                secretVariables: [TOKEN]
            """;
    private static final String OPENED = """
            {"action": "opened", "number": 7,
             "pull_request": {"user": {"login": "eve"},
               "head": {"ref": "main", "sha": "%s", "repo": {"id": 2, "full_name": "eve/shop"}},
               "base": {"ref": "main", "repo": {"id": 1, "full_name": "acme/shop"}}},
             "repository": {"id": 1, "full_name": "acme/shop"}}""";

    private final Jdbi jdbi;
    private final Running server;

    ForkTest(Running server) {
        this.server = server;
        this.jdbi = server.part(Jdbi.class);
    }

    @Test
    void itRunsWithoutSecretsAndPublishesNothing() throws Exception {
        try (var upstream = Upstream.of(server)) {
            var project = upstream.project();
            store(project);
            var main = upstream.commit(Map.of("requirements.txt", "", "stepzero.yaml", SETTINGS));
            var proposed = upstream.commit(Map.of("evil.py", "print('give me everything')\n"));
            upstream.propose("refs/pull/7/head", proposed, main);

            var answer = upstream.deliver("pull_request", "fork-1", OPENED.formatted(proposed));

            assertThat(answer.statusCode()).isEqualTo(202);
            await(
                    "select count(*) from run_request where project = ? and status not in ('queued', 'running')",
                    project);
            assertThat(texts(
                            "select purpose || ' ' || trust || ' ' || environment || pull_request from run_request where project = ?",
                            project))
                    .containsExactly("verify foreign 7");
            assertThat(texts("select trust || ' ' || commit_id from run where project = ?", project))
                    .as(() -> String.join(
                            "\n", texts("select coalesce(reason, '') from run_request where project = ?", project)))
                    .containsExactly("foreign " + proposed);
            var said = String.join("\n", texts("""
                            select line from step_output o join run r on r.id = o.run_id
                            where r.project = ? and step = 'smoke' order by number""", project));
            assertThat(said)
                    .as(() -> String.join("\n", texts("""
                            select s.name || ' ' || s.status || ' ' || coalesce(s.summary, '') || coalesce(r.reason, '')
                            from step s join run r on r.id = s.run_id where r.project = ? order by s.started_at""", project)))
                    .contains("begun")
                    .doesNotContain(PASSWORD)
                    .doesNotContain("TOKEN=");
            assertThat(texts(
                            "select s.name from step s join run r on r.id = s.run_id where r.project = ? and s.stage in ('publish', 'deploy', 'confirm')",
                            project))
                    .isEmpty();
            assertThat(texts("select image from release where project = ?", project))
                    .isEmpty();
            await(
                    "select count(*) from ledger.entry e where e::text like '%secret.use%' and e::text like '%denied%' and e::text like '%' || ? || '%'",
                    project);
        }
    }

    private void store(String project) throws InterruptedException {
        var id = new SecretId(new SecretScope(project, "production", "smoke"), "TOKEN");
        new SecretStore(jdbi, KeyEncryption.of(server.home(), Map.of()), SecretListener.NONE, Clock.systemUTC())
                .create(id, SecretValue.of(PASSWORD.getBytes(StandardCharsets.UTF_8)), false, "ada");
    }

    private List<String> texts(String query, String project) {
        return jdbi.withHandle(handle ->
                handle.createQuery(query).bind(0, project).mapTo(String.class).list());
    }

    private void await(String count, String project) {
        for (var until = Instant.now().plus(Duration.ofSeconds(90));
                jdbi.withHandle(handle -> handle.createQuery(count)
                                .bind(0, project)
                                .mapTo(Long.class)
                                .one())
                        == 0; ) {
            assertThat(Instant.now()).as(count).isBefore(until);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
