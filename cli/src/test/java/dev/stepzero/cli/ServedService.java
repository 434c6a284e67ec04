package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.UserError;
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
import dev.stepzero.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.JdbiException;

/** A small service that servers ship, which are processes of their own with one database. */
final class ServedService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final Session user;
    private final Database database;
    private final SmallService service;
    private final RunQueue queue;
    private final RegisteredProject project;
    private final Map<Long, Invocation> servers = new HashMap<>();

    private ServedService(Path directory, Session user, SmallService service) throws Exception {
        this.directory = directory;
        this.user = user;
        this.service = service;
        this.database = user.database();
        var policy = FetchPolicy.DEFAULTS.with(repositories(user.home()));
        this.project = new Projects(database.jdbi(), policy, Clock.systemUTC())
                .register(RegisteredProject.of(
                        "small",
                        RegisteredProject.ownAddress("small"),
                        RegisteredProject.OWN,
                        "main",
                        List.of("production"),
                        ProjectSettings.DEFAULTS,
                        "ada"));
        this.queue = new RunQueue(
                database.dataSource(),
                new RunJournal(database.jdbi(), Clock.systemUTC()),
                (request, listener) -> {
                    throw new IllegalStateException("this process only asks");
                },
                QueueSettings.of("asking", 1));
    }

    static ServedService in(Path directory) throws Exception {
        return in(directory, directory.resolve("home"));
    }

    static ServedService in(Path directory, Path home) throws Exception {
        Files.createDirectories(directory);
        return new ServedService(directory, session(directory, home), SmallService.in(directory.resolve("small")));
    }

    /** The service's repository is one of the server's own, though it has a work tree. */
    private static Session session(Path directory, Path home) throws Exception {
        Files.createDirectories(repositories(home));
        Files.createSymbolicLink(repositories(home).resolve("small.git"), directory.resolve("small"));
        return Session.withoutEngine(home);
    }

    private static Path repositories(Path home) {
        return home.resolve("repositories");
    }

    /** A user of the same repositories with another home. */
    Session userAt(Path home) throws Exception {
        return session(directory, home);
    }

    Session user() {
        return user;
    }

    SmallService service() {
        return service;
    }

    Invocation startServer() throws Exception {
        var server = user.start("serve", "--listen", "127.0.0.1:0");
        server.awaitLine("Stepzero serves at");
        servers.put(server.pid(), server);
        return server;
    }

    long askToShip() throws Exception {
        return queue.submit(
                request(Purpose.SHIP, TrustClass.TRUSTED, "production", "refs/heads/main"), Optional.empty());
    }

    long askToVerify(String ref) throws Exception {
        return queue.submit(request(Purpose.VERIFY, TrustClass.INTERNAL, "", ref), Optional.empty());
    }

    /** Whether the database refuses a request, as it should where there is no space. */
    boolean isRefused() throws Exception {
        try {
            for (var number = 0; number < 2_000; number++) {
                queue.withdraw(
                        new RunQueue.Ref("small", "refs/heads/none", Optional.empty(), Optional.empty()), "test");
                database.jdbi().useHandle(handle -> handle.execute("""
                        insert into step_output (run_id, step, attempt, number, line)
                        select run_id, name, attempt, -(random() * 2000000000)::integer, repeat('x', 2000) from step
                        limit 5"""));
            }
            return false;
        } catch (JdbiException | UserError e) {
            return true;
        }
    }

    private CommitRequest request(Purpose purpose, TrustClass trust, String environment, String ref) throws Exception {
        return new CommitRequest(project, purpose, trust, environment, ref, Optional.empty(), service.head(), "ada");
    }

    boolean isOver(long request) {
        return switch (queue.find(request).orElseThrow().state()) {
            case QUEUED, RUNNING -> false;
            default -> true;
        };
    }

    boolean isUnderWay(String step) throws Exception {
        return !user.query("select 1 from step where status = 'running' and name = '" + step + "'")
                .isEmpty();
    }

    void await(Callable<Boolean> condition, String what) throws Exception {
        for (var end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
            if (holds(condition)) {
                return;
            }
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(holds(condition))
                .as("%s%n%s", what, user.query("select id, status, server, reason, attempts from run_request"))
                .isTrue();
    }

    /** A database that is away answers nothing yet. */
    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (JdbiException | UserError e) {
            return false;
        }
    }

    /** Kills the server that executes a request, as {@code kill -9} does. */
    void killTheOneWith(long request) throws Exception {
        var name = String.valueOf(user.query("select server from run_request where id = " + request)
                .getFirst()
                .get("server"));
        var server = servers.remove(Long.parseLong(name.substring(name.lastIndexOf('-') + 1)));
        assertThat(server).as(name).isNotNull();
        server.kill();
    }

    /** What everybody can see: one run, each step done once, one deployment that serves, and the ledger says so once. */
    void requireOneDeployment() throws Exception {
        assertThat(user.query("select status from run")).containsExactly(Map.of("status", "succeeded"));
        assertThat(user.query("select name from step where status = 'succeeded' group by name having count(*) <> 1"))
                .isEmpty();
        assertThat(user.query("select status, kind from deployment"))
                .containsExactly(Map.of("status", "serving", "kind", "ship"));
        await(
                () -> user.query("select seq from ledger.entry where action = 'deployment.serve'")
                                .size()
                        == 1,
                "the ledger knows one deployment");
        assertThat(service.answer("/__version__")).contains(service.head());
    }

    @Override
    public void close() throws Exception {
        for (var server : servers.values()) {
            server.kill();
        }
        user.run("remove", "small", "--with-data");
        database.close();
    }
}
