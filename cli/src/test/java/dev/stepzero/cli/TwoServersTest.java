package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.CommitRequest;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.git.FetchPolicy;
import dev.stepzero.ship.queue.QueueSettings;
import dev.stepzero.ship.queue.RunQueue;
import dev.stepzero.ship.queue.RunRequest;
import dev.stepzero.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database, each a process of its own. Takes minutes: {@code bench/chaos} runs it. */
@Tag("chaos")
class TwoServersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private final Map<Long, Invocation> servers = new java.util.HashMap<>();
    private Session user;
    private Database database;
    private SmallService service;
    private RunQueue queue;
    private RegisteredProject project;

    @BeforeEach
    void open() throws Exception {
        user = Session.withoutEngine(directory.resolve("home")).with("STEPZERO_REPOSITORIES", directory.toString());
        database = user.database();
        service = SmallService.in(directory.resolve("small"));
        var policy = new FetchPolicy(
                Optional.of(directory), EgressGuard.allowing(Set.of()), 1L << 30, Duration.ofMinutes(1));
        project = new Projects(database.jdbi(), policy, Clock.systemUTC())
                .register(RegisteredProject.of(
                        "small",
                        service.directory().toUri().toString().replaceAll("/$", ""),
                        "github",
                        "main",
                        List.of("production"),
                        ProjectSettings.DEFAULTS,
                        "ada"));
        queue = new RunQueue(
                database.dataSource(),
                new RunJournal(database.jdbi(), Clock.systemUTC()),
                (request, listener) -> {
                    throw new IllegalStateException("this process only asks");
                },
                QueueSettings.of("asking", 1));
    }

    @AfterEach
    void close() throws Exception {
        for (var server : servers.values()) {
            server.kill();
        }
        user.run("remove", "small", "--with-data");
        database.close();
    }

    private void startServer() throws Exception {
        var server = user.start("serve", "--listen", "127.0.0.1:0");
        server.awaitLine("Stepzero serves at");
        servers.put(server.pid(), server);
    }

    private long ask(Purpose purpose, String lane) throws Exception {
        var request = new CommitRequest(
                project,
                purpose,
                TrustClass.TRUSTED,
                lane,
                "refs/heads/main",
                Optional.empty(),
                service.head(),
                "ada");
        return queue.submit(request, Optional.empty());
    }

    private RunRequest request(long id) {
        return queue.find(id).orElseThrow();
    }

    private void await(Callable<Boolean> condition, String what) throws Exception {
        for (var end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
            if (condition.call()) {
                return;
            }
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(condition.call())
                .as("%s%n%s", what, user.query("select id, status, server, reason, attempts from run_request"))
                .isTrue();
    }

    private boolean isUnderWay(String step) throws Exception {
        return !user.query("select 1 from step where status = 'running' and name = '" + step + "'")
                .isEmpty();
    }

    /** Kills the server that executes a request, as {@code kill -9} does. */
    private void killTheOneWith(long request) throws Exception {
        var name = String.valueOf(
                user.query("select server from run_request where id = " + request).getFirst().get("server"));
        var pid = Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
        var server = servers.remove(pid);
        assertThat(server).as(name).isNotNull();
        server.kill();
    }

    @Test
    void aServerThatIsKilledInTheMiddleOfARunLosesItToTheOtherWhichDeploysOnce() throws Exception {
        var door = WaitingTests.in(directory);
        service.commit(Map.of("test.sh", door.script()));
        startServer();
        startServer();

        var request = ask(Purpose.SHIP, "production");
        await(() -> isUnderWay("test"), "its tests run");
        killTheOneWith(request);
        door.open();

        await(() -> request(request).state() == RunRequest.State.ENDED, "the other goes on");
        requireOneDeployment(1);
    }

    @Test
    void aServerThatIsKilledWhileItDeploysLeavesADeploymentThatTheOtherEnds() throws Exception {
        var door = WaitingTests.in(directory);
        service.commitReplaced(
                "src/Small.java",
                "exchange.sendResponseHeaders(200, body.length);",
                "exchange.sendResponseHeaders(%s ? 200 : 503, body.length);".formatted(door.question()));
        startServer();
        startServer();

        var request = ask(Purpose.SHIP, "production");
        await(() -> isUnderWay("deploy"), "it deploys");
        killTheOneWith(request);
        door.open();

        await(() -> request(request).state() == RunRequest.State.ENDED, "the other ends it");
        requireOneDeployment(1);
    }

    /** What everybody can see: one run, each step done once, one deployment that serves, and the ledger says so once. */
    private void requireOneDeployment(int servings) throws Exception {
        assertThat(user.query("select status from run")).containsExactly(Map.of("status", "succeeded"));
        assertThat(user.query("select name from step where status = 'succeeded' group by name having count(*) <> 1"))
                .isEmpty();
        assertThat(user.query("select status, kind from deployment"))
                .hasSize(servings)
                .containsExactly(Map.of("status", "serving", "kind", "ship"));
        await(
                () -> user.query("select seq from ledger.entry where action = 'deployment.serve'")
                                .size()
                        == servings,
                "the ledger knows one deployment");
        assertThat(service.answer("/__version__")).contains(service.head());
    }

    @Test
    void bothTakeTheirShareAndEachRequestEndsOnce() throws Exception {
        startServer();
        startServer();
        var requests = new ArrayList<Long>();
        for (var number = 0; number < 6; number++) {
            service.commit(Map.of("NOTES" + number, "note"));
            service.branch("topic" + number);
            requests.add(askToVerify("refs/heads/topic" + number));
        }

        await(
                () -> requests.stream().allMatch(id -> request(id).state() == RunRequest.State.ENDED),
                "all are verified");

        assertThat(user.query("select distinct server from run_request")).hasSize(2);
        assertThat(user.query("select status, count(*) as number from run group by status"))
                .containsExactly(Map.of("status", "succeeded", "number", 6L));
    }

    private long askToVerify(String ref) throws Exception {
        return queue.submit(
                new CommitRequest(
                        project,
                        Purpose.VERIFY,
                        TrustClass.INTERNAL,
                        "",
                        ref,
                        Optional.empty(),
                        service.head(),
                        "ada"),
                Optional.empty());
    }
}
