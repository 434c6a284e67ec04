package dev.stepzero.ship.forge.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.findings.Findings;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.client.ForgeHttp;
import dev.stepzero.ship.forge.client.Patience;
import dev.stepzero.ship.git.FetchPolicy;
import dev.stepzero.ship.git.GitCredentials.Login;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a forge is told of runs, over HTTP. */
@ExtendWith(TestDatabase.class)
class ReportingTest {
    private static final String COMMIT = "c".repeat(40);

    private final Jdbi jdbi;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private HttpServer forge;
    private ForgeHttp http;
    private Reporting reporting;
    private volatile int status = 201;

    ReportingTest(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @BeforeEach
    void start() throws Exception {
        jdbi.useHandle(handle -> handle.execute("""
                delete from forge_report; delete from run_request; delete from queue_task; delete from run;
                delete from project"""));
        forge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        forge.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            told.add(exchange.getRequestURI() + " " + body);
            var answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        forge.start();
        var guard = EgressGuard.allowing(Set.of(AddressRange.parse("127.0.0.1/32")));
        http = ForgeHttp.start(guard, Duration.ofSeconds(5));
        var address =
                "http://127.0.0.1:%d/acme/shop.git".formatted(forge.getAddress().getPort());
        var registered = new Projects(jdbi, FetchPolicy.guardedBy(guard), Clock.systemUTC())
                .register(RegisteredProject.of(
                        "shop", address, "github", "main", List.of("production"), ProjectSettings.DEFAULTS, "ann"));
        jdbi.useHandle(handle -> handle.execute(
                "insert into project_forge (project, token, changed_at) values ('shop', decode('00', 'hex'), now())"));
        var patience = new Patience(1, Duration.ZERO, Duration.ZERO, Clock.systemUTC(), new Random(1), rest -> {});
        reporting = new Reporting(
                new DueReports(jdbi, Clock.systemUTC()),
                new Findings(jdbi),
                name -> Optional.of(ForgeProject.of(registered, Forge.GITHUB)),
                name -> Optional.of(new Login("", "token")),
                new ForgeClients(http, patience, new byte[] {1}),
                URI.create("https://stepzero.example"));
    }

    @AfterEach
    void stop() throws Exception {
        http.close();
        forge.stop(0);
    }

    private void run(String request, String run) {
        jdbi.useHandle(handle -> handle.execute("""
                with began as (
                    insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at, lane)
                    values ('shop', 'production', 'process', '%s', 'p', '%s', now(), now(), 'production') returning id)
                insert into run_request (project, purpose, trust, environment, lane, ref, commit_id, requested_by,
                                         requested_at, status, run_id)
                select 'shop', 'ship', 'trusted', 'production', 'production', 'refs/heads/main', '%s', 'ann', now(), '%s',
                       id from began""".formatted(COMMIT, run, COMMIT, request)));
    }

    @Test
    void aRunIsToldWhenItBeginsAndWhenItEndsAndNotAgain() throws Exception {
        run("running", "running");
        assertThat(reporting.once()).isTrue();
        assertThat(reporting.once()).isFalse();
        jdbi.useHandle(
                handle -> handle.execute(
                        "update run_request set status = 'ended'; update run set status = 'blocked', reason = 'the gate blocks'"));

        assertThat(reporting.once()).isTrue();
        assertThat(reporting.once()).isFalse();

        assertThat(told).hasSize(2);
        assertThat(told.getFirst())
                .startsWith("/api/v3/repos/acme/shop/statuses/" + COMMIT)
                .contains("pending");
        assertThat(told.getLast())
                .contains("failure", "the gate blocks", "https://stepzero.example/projects/shop/runs/");
    }

    @Test
    void aForgeThatDoesNotTakeItIsToldLaterAndHoldsNothingUp() throws Exception {
        run("ended", "succeeded");
        status = 500;

        assertThat(reporting.once()).isTrue();
        assertThat(reporting.once()).as("it rests").isFalse();

        status = 201;
        jdbi.useHandle(handle -> handle.execute("update forge_report set due_at = now()"));
        assertThat(reporting.once()).isTrue();
        assertThat(told.getLast()).contains("success");
    }

    @Test
    void whoHasNoTokenTellsNothing() throws Exception {
        jdbi.useHandle(handle -> handle.execute("update project_forge set token = null"));
        run("ended", "succeeded");

        assertThat(reporting.once()).isFalse();
    }
}
