package dev.stepzero.ship.forge.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.git.FetchPolicy;
import dev.stepzero.ship.git.GitCredentials;
import dev.stepzero.ship.git.Mirrors;
import dev.stepzero.ship.queue.QueueSettings;
import dev.stepzero.ship.queue.RunQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(TestDatabase.class)
class DeliveryWorkTest {
    /** Takes tasks and never comes to them. */
    private static final Executor STUCK = task -> {};

    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(2);

    private final SettableClock clock = new SettableClock();
    private final Jdbi jdbi;
    private final Deliveries deliveries;
    private final Claims claims;
    private final RunQueue queue;

    DeliveryWorkTest(Jdbi jdbi, DataSource source) {
        this.jdbi = jdbi;
        this.deliveries = new Deliveries(jdbi, clock);
        this.claims = new Claims(jdbi, clock, Retries.USUAL);
        this.queue = new RunQueue(
                source,
                new RunJournal(jdbi, clock),
                (request, listener) -> {
                    throw new AssertionError("nothing is executed here");
                },
                QueueSettings.of("here", 1));
    }

    @BeforeEach
    void empty() {
        jdbi.useHandle(handle -> handle.execute("delete from webhook_delivery"));
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private static Optional<ForgeProject> project(String name) {
        var registered = RegisteredProject.of(
                name,
                "https://forge.invalid/acme/shop.git",
                "github",
                "main",
                List.of("production"),
                ProjectSettings.DEFAULTS,
                "ada");
        return Optional.of(ForgeProject.of(registered, Forge.GITHUB));
    }

    /** Work of a server. */
    private DeliveryWork server(Function<String, Optional<ForgeProject>> projects) {
        var mirrors = new Mirrors(Path.of("none"), FetchPolicy.DEFAULTS, GitCredentials.NONE);
        var triggers = new Triggers(queue, (project, review) -> {});
        return new DeliveryWork(claims, triggers, projects, mirrors, clock);
    }

    private void store(String project, int count) {
        for (var number = 0; number < count; number++) {
            clock.pass(Duration.ofMillis(1));
            var body = "{\"zen\":\"%d\"}".formatted(number).getBytes(UTF_8);
            deliveries.store(new Incoming(project, Forge.GITHUB, "ping", Optional.empty(), body, "192.0.2.1"));
        }
    }

    private void roundsFor(Duration time, DeliveryWork work) {
        for (var passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(BETWEEN_ROUNDS)) {
            clock.pass(BETWEEN_ROUNDS);
            var _ = work.once(STUCK);
        }
    }

    private List<Claimed> takenByAnother() {
        return claims.take(DeliveryWork.LEASE, Set.of(), 8);
    }

    private List<String> states(String project) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select state || ' ' || attempts from webhook_delivery where project = ? order by id""").bind(0, project).mapTo(String.class).list());
    }

    @Test
    void whatWaitsOfSeveralProjectsIsHandled() {
        store("shop", 3);
        store("blog", 2);
        var work = server(DeliveryWorkTest::project);

        assertThat(work.once(Runnable::run)).isTrue();
        assertThat(work.once(Runnable::run)).as("it writes what became of them").isTrue();
        assertThat(work.once(Runnable::run)).isFalse();

        assertThat(states("shop")).containsOnly("handled 1").hasSize(3);
        assertThat(states("blog")).containsOnly("handled 1").hasSize(2);
    }

    @Test
    void allThatAKilledServerHadIsTakenOverAfterOneLease() {
        store("shop", 20);
        var _ = server(DeliveryWorkTest::project).once(STUCK);
        clock.pass(DeliveryWork.LEASE.minusSeconds(1));
        assertThat(takenByAnother()).isEmpty();

        clock.pass(Duration.ofSeconds(1));
        var heir = server(DeliveryWorkTest::project);
        while (heir.once(Runnable::run)) {
            // Until there is nothing left.
        }

        assertThat(states("shop")).containsOnly("handled 2").hasSize(20);
    }

    @Test
    void whatIsWorkedOnStaysWithItsServerAsLongAsThatMakesRounds() {
        store("shop", 3);
        var work = server(DeliveryWorkTest::project);
        var _ = work.once(STUCK);

        roundsFor(Lane.LONGEST.minusMinutes(2), work);

        assertThat(takenByAnother()).isEmpty();
        clock.pass(DeliveryWork.LEASE);
        assertThat(takenByAnother()).isNotEmpty();
    }

    @Test
    void oneThatNeverEndsKeepsNothingFromOtherServersForEver() throws Exception {
        store("shop", 3);
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var work = server(name -> {
            begun.countDown();
            await(end);
            return Optional.empty();
        });
        var thread = new Thread(() -> work.once(Runnable::run));
        thread.start();
        begun.await();

        roundsFor(Lane.LONGEST.plus(DeliveryWork.LEASE), work);

        assertThat(states("shop")).containsExactly("working 1", "waiting 0", "waiting 0");
        assertThat(takenByAnother()).hasSize(1);
        end.countDown();
        thread.join();
    }

    @Test
    void aServerThatIsStoppedGivesBackWhatItHas() throws Exception {
        store("shop", 3);
        var begun = new CountDownLatch(1);
        var work = server(name -> {
            begun.countDown();
            await(new CountDownLatch(1));
            return Optional.empty();
        });
        var thread = new Thread(() -> work.once(Runnable::run));
        thread.start();
        begun.await();

        work.release();
        assertThat(states("shop")).containsExactly("working 1", "waiting 0", "waiting 0");
        thread.interrupt();
        thread.join();
        work.release();

        assertThat(states("shop")).containsOnly("waiting 0").hasSize(3);
        assertThat(takenByAnother()).hasSize(3);
    }

    @Test
    void oneThatCannotBeReadOrBreaksUsHurtsNoneOfThoseTakenWithIt() {
        store("shop", 3);
        store("blog", 2);
        store("broken", 1);
        jdbi.useHandle(handle -> handle.execute("""
                update webhook_delivery set body = '\\x00' where id = (select min(id) + 1 from webhook_delivery)"""));
        var work = server(name -> {
            if (name.equals("broken")) {
                throw new IllegalStateException("a fault");
            }
            return project(name);
        });

        while (work.once(Runnable::run)) {
            // Until only what failed is left, which is taken again later.
        }

        assertThat(states("shop")).containsExactly("handled 1", "waiting 1", "handled 1");
        assertThat(states("blog")).containsExactly("handled 1", "handled 1");
        assertThat(states("broken")).containsExactly("waiting 1");
    }

    @Test
    void ofEachProjectOneIsWorkedOnAtATimeAndOfAllEight() throws Exception {
        for (var number = 0; number < 10; number++) {
            store("shop-" + number, 3);
        }
        var working = ConcurrentHashMap.<String>newKeySet();
        var together = new AtomicInteger();
        var most = new AtomicInteger();
        var work = server(name -> {
            assertThat(working.add(name)).isTrue();
            most.accumulateAndGet(together.incrementAndGet(), Math::max);
            Thread.yield();
            together.decrementAndGet();
            working.remove(name);
            return project(name);
        });

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (!allHandled()) {
                var _ = work.once(threads);
            }
        }

        assertThat(most.get()).isLessThanOrEqualTo(8);
    }

    @Test
    void twoServersShareWhatWaits() throws Exception {
        for (var number = 0; number < 20; number++) {
            store("shop-" + number, 5);
        }
        var one = server(DeliveryWorkTest::project);
        var other = server(DeliveryWorkTest::project);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (!allHandled()) {
                var _ = one.once(threads);
                var _ = other.once(threads);
            }
        }

        for (var number = 0; number < 20; number++) {
            assertThat(states("shop-" + number)).containsOnly("handled 1").hasSize(5);
        }
    }

    private boolean allHandled() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) = 0 from webhook_delivery where state in ('waiting', 'working')")
                .mapTo(Boolean.class)
                .one());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw sneaky(e);
        }
    }

    /** What fetching throws when it is interrupted, through a function that may not. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
