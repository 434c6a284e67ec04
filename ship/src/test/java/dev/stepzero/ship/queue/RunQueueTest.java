package dev.stepzero.ship.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.CommitRequest;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.TestDatabase.HomeOfDatabase;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.engine.EnvironmentLock;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.git.FetchPolicy;
import dev.stepzero.ship.queue.QueuedPipeline.Doing;
import dev.stepzero.ship.queue.RunRequest.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@ExtendWith(TestDatabase.class)
class RunQueueTest {
    private static final String MAIN = "refs/heads/main";
    private static final Doing NOTHING = (request, context) -> {};

    private final Jdbi jdbi;
    private final DataSource source;
    private final RunJournal journal;
    private final List<RunQueue> queues = new ArrayList<>();
    private RegisteredProject project = project("none");

    RunQueueTest(Jdbi jdbi, DataSource source) {
        this.jdbi = jdbi;
        this.source = source;
        this.journal = new RunJournal(jdbi, Clock.systemUTC());
    }

    @BeforeEach
    void registerAProject() {
        jdbi.useHandle(handle -> handle.execute("delete from queue_task"));
        project =
                new Projects(jdbi, FetchPolicy.DEFAULTS, Clock.systemUTC()).register(project("q" + System.nanoTime()));
    }

    @AfterEach
    void close() {
        queues.forEach(RunQueue::close);
    }

    @Test
    void aRequestBecomesARunThatKnowsWhoAskedForIt() {
        var queue = started(NOTHING, NOTHING);

        var id = queue.submit(ship("a1"), Optional.of("delivery-1"));

        await(queue, id, State.ENDED);
        var run = journal.find(queue.find(id).orElseThrow().run().orElseThrow()).orElseThrow();
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.origin().requestedBy()).isEqualTo("ann");
        assertThat(run.origin().ref()).isEqualTo(MAIN);
    }

    @Test
    void aDeliveryThatComesTwiceAsksOnce() {
        var queue = queue("idle", NOTHING, NOTHING);

        var first = queue.submit(ship("a1"), Optional.of("delivery-2"));
        var second = queue.submit(ship("a1"), Optional.of("delivery-2"));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void twoServersShareRequestsAndNeverEnterALaneTogether() throws Exception {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var deployed = new CountDownLatch(3);
        Doing deploys = (request, context) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.yield();
            inside.decrementAndGet();
            deployed.countDown();
        };
        started(NOTHING, deploys);
        var queue = started(NOTHING, deploys);

        for (var i = 0; i < 3; i++) {
            queue.submit(
                    request(Purpose.SHIP, TrustClass.TRUSTED, "production", "refs/heads/main" + i, commit("a" + i)),
                    Optional.empty());
        }

        assertThat(deployed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void aNewerCommitTakesThePlaceOfWhatWaitsAndLetsADeploymentEnd() throws Exception {
        var deploying = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var queue = started(NOTHING, (request, context) -> {
            deploying.countDown();
            mayEnd.await();
        });
        var first = queue.submit(ship("a1"), Optional.empty());
        assertThat(deploying.await(30, TimeUnit.SECONDS)).isTrue();

        var second = queue.submit(ship("a2"), Optional.empty());
        var third = queue.submit(ship("a3"), Optional.empty());
        assertThat(queue.find(second)).map(RunRequest::state).hasValue(State.SUPERSEDED);
        assertThat(queue.cancel(first, "eve")).isFalse();
        mayEnd.countDown();

        await(queue, first, State.ENDED);
        await(queue, third, State.ENDED);
        assertThat(queue.find(second).orElseThrow().reason())
                .hasValueSatisfying(why -> assertThat(why).contains("came after it"));
        assertThat(status(queue, first)).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aNewerCommitOfAPullRequestEndsTheVerificationOfTheOlder() throws Exception {
        var verifying = new Semaphore(0);
        var queue = started(
                (request, context) -> {
                    verifying.release();
                    if (request.commit().startsWith("a1")) {
                        new CountDownLatch(1).await();
                    }
                },
                NOTHING);
        var first = queue.submit(verify("a1"), Optional.empty());
        assertThat(verifying.tryAcquire(30, TimeUnit.SECONDS)).isTrue();

        var second = queue.submit(verify("a2"), Optional.empty());

        await(queue, first, State.CANCELLED);
        await(queue, second, State.ENDED);
        assertThat(status(queue, first)).isEqualTo(RunStatus.ABANDONED);
        assertThat(status(queue, second)).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aRunIsCancelledFromAnotherServer() throws Exception {
        var verifying = new CountDownLatch(1);
        started(
                (request, context) -> {
                    verifying.countDown();
                    new CountDownLatch(1).await();
                },
                NOTHING);
        var elsewhere = queue("elsewhere", NOTHING, NOTHING);
        var id = elsewhere.submit(ship("a1"), Optional.empty());
        assertThat(verifying.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(elsewhere.cancel(id, "ann")).isTrue();

        await(elsewhere, id, State.CANCELLED);
        var run = journal.find(elsewhere.find(id).orElseThrow().run().orElseThrow())
                .orElseThrow();
        assertThat(run.status()).isEqualTo(RunStatus.ABANDONED);
        assertThat(run.reason()).hasValue("cancelled by ann");
    }

    @Test
    void whatFailsAroundARunIsTriedAgainAndThenWaitsForSomebody() {
        var attempts = new AtomicInteger();
        var queue = started(
                (request, context) -> {
                    if (attempts.incrementAndGet() <= 3) {
                        throw UserError.engine("the registry is away");
                    }
                },
                NOTHING);
        var id = queue.submit(ship("a1"), Optional.empty());

        await(queue, id, State.STALLED);
        assertThat(attempts).hasValue(3);
        assertThat(queue.find(id).orElseThrow().reason()).hasValue("the registry is away");
        assertThat(queue.retry(id)).isTrue();

        await(queue, id, State.ENDED);
        assertThat(status(queue, id)).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void whatIsTriedAgainBeforeItsTaskIsGoneGetsAnother() throws Exception {
        var attempts = new AtomicInteger();
        var last = new Semaphore(0);
        var mayFail = new CountDownLatch(1);
        var queue = started(
                (request, context) -> {
                    var attempt = attempts.incrementAndGet();
                    if (attempt == 3) {
                        last.release();
                        mayFail.await();
                    }
                    if (attempt <= 3) {
                        throw UserError.engine("the registry is away");
                    }
                },
                NOTHING);
        var id = queue.submit(ship("a1"), Optional.empty());
        assertThat(last.tryAcquire(30, TimeUnit.SECONDS)).isTrue();

        jdbi.useTransaction(handle -> {
            // While somebody holds its row, the task stays.
            handle.execute("select from queue_task where task_instance = ? for update", Long.toString(id));
            mayFail.countDown();
            await(queue, id, State.STALLED);
            assertThat(queue.retry(id)).isTrue();
        });

        await(queue, id, State.ENDED);
        assertThat(status(queue, id)).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aLaneThatWasTakenAtTheWrongMomentRefusesNothing() {
        var lock = new EnvironmentLock(journal);
        var attempts = new AtomicInteger();
        var work = QueuedPipeline.of(jdbi, NOTHING, NOTHING);
        var queue = started((request, listener) -> {
            if (attempts.incrementAndGet() > 1) {
                return work.run(request, listener);
            }
            try (var _ = lock.acquire(request.project(), request.lane())) {
                return work.run(request, listener);
            }
        });

        var id = queue.submit(ship("a1"), Optional.empty());

        await(queue, id, State.ENDED);
        assertThat(status(queue, id)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void aServerThatGoesAwayHandsItsRunOver() throws Exception {
        var verifying = new CountDownLatch(1);
        var leaving = started(
                (request, context) -> {
                    verifying.countDown();
                    new CountDownLatch(1).await();
                },
                NOTHING);
        var id = leaving.submit(ship("a1"), Optional.empty());
        assertThat(verifying.await(30, TimeUnit.SECONDS)).isTrue();
        var staying = started(NOTHING, NOTHING);

        queues.remove(leaving);
        leaving.close();

        await(staying, id, State.ENDED);
        assertThat(status(staying, id)).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aRunGoesOnThoughTheDatabaseForgetsEverySession() throws Exception {
        var deploying = new Semaphore(0);
        var mayEnd = new CountDownLatch(1);
        var deployments = new AtomicInteger();
        var queue = started(NOTHING, (request, context) -> {
            deployments.incrementAndGet();
            deploying.release();
            mayEnd.await();
        });
        var id = queue.submit(ship("a1"), Optional.empty());
        assertThat(deploying.tryAcquire(30, TimeUnit.SECONDS)).isTrue();

        jdbi.useHandle(handle -> handle.execute("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where pid <> pg_backend_pid() and backend_type = 'client backend'"""));
        mayEnd.countDown();

        await(queue, id, State.ENDED);
        // Sessions of the pool that nobody has used since are found dead by their next users.
        await(() -> status(queue, id) == RunStatus.SUCCEEDED, () -> "run is " + status(queue, id));
        assertThat(deployments.get()).isBetween(1, 2);
        // What is left of them in the pool is nothing for the next test.
        source.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
    }

    @Test
    void aClockThatJumpsGivesARunThatGoesOnToNobodyElse() throws Exception {
        var deploying = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var deployments = new AtomicInteger();
        Doing deploys = (request, context) -> {
            deployments.incrementAndGet();
            deploying.countDown();
            mayEnd.await();
        };
        var queue = started(NOTHING, deploys);
        var id = queue.submit(ship("a1"), Optional.empty());
        assertThat(deploying.await(30, TimeUnit.SECONDS)).isTrue();
        started(NOTHING, deploys);

        var begun = pickedBy(id);
        // As after a jump of the database's clock: every sign of life is a day old, until the task is taken for dead.
        await(
                () -> {
                    jdbi.useHandle(handle ->
                            handle.execute("update queue_task set last_heartbeat = now() - interval '1 day'"));
                    return !pickedBy(id).equals(begun);
                },
                () -> "it is taken for dead");
        mayEnd.countDown();

        await(queue, id, State.ENDED);
        assertThat(status(queue, id)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(deployments).hasValue(1);
    }

    @Test
    void aRunThatEndedBeforeItsServerCouldSaySoIsNotDoneAgain() {
        var deployments = new AtomicInteger();
        Doing deploys = (request, context) -> deployments.incrementAndGet();
        var first = started(NOTHING, deploys);
        var id = first.submit(ship("a1"), Optional.empty());
        await(first, id, State.ENDED);
        var run = first.find(id).orElseThrow().run();
        first.close();

        jdbi.useTransaction(handle -> {
            handle.execute("update run_request set status = 'running', ended_at = null where id = ?", id);
            handle.execute("""
                    insert into queue_task (task_name, task_instance, execution_time, picked, version)
                    values (?, ?, now(), false, 1)""", RunQueue.TASK, Long.toString(id));
        });
        var second = started(NOTHING, deploys);

        await(second, id, State.ENDED);
        assertThat(second.find(id).orElseThrow().run()).isEqualTo(run);
        assertThat(deployments).hasValue(1);
    }

    @Test
    void aKilledServersRunGoesToAnotherWhichGoesOnWithIt(HomeOfDatabase home, @TempDir Path directory)
            throws Exception {
        var story = directory.resolve("story");
        var id = queue("asking", NOTHING, NOTHING).submit(ship("a1"), Optional.empty());
        var first = QueueServer.start(home.path(), "first", story, true);
        try {
            awaitLine(story, "first deploys", first);
        } finally {
            first.destroyForcibly().waitFor();
        }

        var second = QueueServer.start(home.path(), "second", story, false);
        try {
            awaitLine(story, "second deployed", second);
            await(queues.getFirst(), id, State.ENDED);
        } finally {
            second.destroyForcibly().waitFor();
        }

        var lines = Files.readAllLines(story);
        assertThat(Collections.frequency(lines, "first verified")).isOne();
        assertThat(lines).doesNotContain("second verified", "first deployed");
        assertThat(status(queues.getFirst(), id)).isEqualTo(RunStatus.SUCCEEDED);
    }

    private RunQueue started(Doing verifies, Doing deploys) {
        return started(QueuedPipeline.of(jdbi, verifies, deploys));
    }

    private RunQueue started(RunWork work) {
        var queue = queue("server" + System.nanoTime(), work);
        queue.start();
        return queue;
    }

    private RunQueue queue(String name, Doing verifies, Doing deploys) {
        return queue(name, QueuedPipeline.of(jdbi, verifies, deploys));
    }

    private RunQueue queue(String name, RunWork work) {
        var settings = new QueueSettings(
                name, 2, Duration.ofMillis(100), Duration.ofMillis(500), List.of(Duration.ZERO, Duration.ZERO));
        var queue = new RunQueue(source, journal, work, settings);
        queues.add(queue);
        return queue;
    }

    private RunStatus status(RunQueue queue, long id) {
        return journal.find(queue.find(id).orElseThrow().run().orElseThrow())
                .orElseThrow()
                .status();
    }

    private static void await(RunQueue queue, long id, State state) {
        await(() -> queue.find(id).orElseThrow().state() == state, () -> "request is " + queue.find(id));
    }

    private String pickedBy(long id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select coalesce(picked_by, '') from queue_task where task_instance = :id")
                        .bind("id", Long.toString(id))
                        .mapTo(String.class)
                        .one());
    }

    private static void await(BooleanSupplier condition, java.util.function.Supplier<String> what) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!holds(condition)) {
            assertThat(System.nanoTime() - end).as(what.get()).isNegative();
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (org.jdbi.v3.core.JdbiException e) {
            return false;
        }
    }

    private static void awaitLine(Path file, String line, Process process) {
        await(
                () -> {
                    assertThat(process.isAlive()).as("the server lives").isTrue();
                    try {
                        return Files.exists(file) && Files.readAllLines(file).contains(line);
                    } catch (IOException e) {
                        return false;
                    }
                },
                () -> "waiting for " + line);
    }

    private CommitRequest ship(String commit) {
        return request(Purpose.SHIP, TrustClass.TRUSTED, "production", MAIN, commit(commit));
    }

    private CommitRequest verify(String commit) {
        return request(Purpose.VERIFY, TrustClass.FOREIGN, "", "refs/pull/7/head", commit(commit));
    }

    private static String commit(String beginning) {
        return beginning + "0".repeat(40 - beginning.length());
    }

    private CommitRequest request(Purpose purpose, TrustClass trust, String environment, String ref, String commit) {
        return new CommitRequest(project, purpose, trust, environment, ref, Optional.empty(), commit, "ann");
    }

    private static RegisteredProject project(String name) {
        return RegisteredProject.of(
                name,
                "https://forge.example.org/shop.git",
                "gitea",
                "main",
                List.of("production"),
                ProjectSettings.DEFAULTS,
                "ann");
    }
}
