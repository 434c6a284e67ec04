package dev.stepzero.ship.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.live.Change.Everything;
import dev.stepzero.ship.live.Change.LinesWritten;
import dev.stepzero.ship.live.Change.RunChanged;
import dev.stepzero.ship.live.Change.StepChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@ExtendWith(TestDatabase.class)
class WatchTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    private final Jdbi jdbi;
    private final Watch watch;

    WatchTest(Jdbi jdbi, DataSource source) throws InterruptedException {
        this.jdbi = jdbi;
        this.watch = Watch.over(source, 10_000);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aReaderOfARunHearsOfItsStepsAndLinesAndOfNoOtherRun() throws Exception {
        var other = run();
        var run = run();
        var reader = watch.subscribe(Optional.of(run));

        jdbi.useTransaction(handle -> {
            handle.execute("update run set status = 'failed' where id = ?", other);
            step(handle, run);
            handle.execute(
                    "insert into step_output (run_id, step, attempt, number, line) select ?, 'test', 1, n, 'x' from generate_series(1, 50) n",
                    run);
        });

        assertThat(heard(reader, new LinesWritten(run)))
                .containsExactly(new StepChanged(run, "test"), new LinesWritten(run));
    }

    @Test
    void aReaderOfAllHearsOfEveryRun() throws Exception {
        var reader = watch.subscribe(Optional.empty());

        var run = run();

        assertThat(heard(reader, new RunChanged(run))).contains(new RunChanged(run));
    }

    @Test
    void nobodyHearsOfWhatWasTakenBack() throws Exception {
        var run = run();
        var reader = watch.subscribe(Optional.of(run));
        jdbi.useHandle(handle -> handle.execute("update run set status = 'failed' where id = ?", run));
        heard(reader, new RunChanged(run));

        jdbi.useHandle(handle -> {
            handle.begin();
            handle.execute("update run set status = 'failed' where id = ?", run);
            handle.execute("delete from run where id = ?", run);
            handle.rollback();
        });
        jdbi.useTransaction(handle -> step(handle, run));

        assertThat(heard(reader, new StepChanged(run, "test"))).containsExactly(new StepChanged(run, "test"));
    }

    @Test
    void aSlowReaderIsToldToReadEverythingInsteadOfAllThatItMissed() throws Exception {
        var reader = watch.subscribe(Optional.empty());

        LongStream.range(0, 100_000).forEach(id -> reader.tell(new RunChanged(id)));

        assertThat(reader.next(LONG)).containsExactly(new Everything());
        reader.tell(new RunChanged(7));
        assertThat(reader.next(LONG)).contains(new RunChanged(7));
    }

    @Test
    void aLostConnectionIsMadeAgainAndEverybodyReadsAgain() throws Exception {
        var reader = watch.subscribe(Optional.of(run()));

        jdbi.useHandle(handle -> handle.execute("""
                select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and pid <> pg_backend_pid()"""));

        assertThat(heard(reader, new Everything())).contains(new Everything());
    }

    @Test
    void manyReadersShareOneConnection() throws Exception {
        var run = run();
        var all = new CountDownLatch(2_000);
        var readers = new ArrayList<Subscription>();
        for (var i = 0; i < 2_000; i++) {
            var reader = watch.subscribe(Optional.of(run));
            readers.add(reader);
            Thread.startVirtualThread(() -> {
                try {
                    if (!reader.next(LONG).isEmpty()) {
                        all.countDown();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        jdbi.useTransaction(handle -> step(handle, run));

        assertThat(all.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        readers.forEach(Subscription::close);
        assertThat(watch.subscriptions()).isZero();
    }

    @Test
    void thereIsAnEndToSubscriptions(DataSource source) throws Exception {
        try (var small = Watch.over(source, 1);
                var first = small.subscribe(Optional.empty())) {
            assertThatThrownBy(() -> small.subscribe(Optional.of(1L))).isInstanceOf(UserError.class);
            first.close();
            small.subscribe(Optional.of(1L)).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "run x", "step 1", "lines ", "nonsense 1", "run 99999999999999999999"})
    void whatIsNoNewsIsPassedOver(String told) {
        assertThat(Change.parse(told)).isEmpty();
    }

    /** What was heard up to a change, without the run's own beginning, of which a reader may still hear. */
    private static List<Change> heard(Subscription reader, Change last) throws InterruptedException {
        var heard = new ArrayList<Change>();
        while (!heard.contains(last)) {
            var next = reader.next(LONG);
            assertThat(next).as("after " + heard).isNotEmpty();
            heard.addAll(next);
        }
        if (!(last instanceof RunChanged)) {
            heard.removeIf(RunChanged.class::isInstance);
        }
        return heard;
    }

    private static void step(org.jdbi.v3.core.Handle handle, long run) {
        handle.execute(
                "insert into step (run_id, name, stage, attempt, status, started_at) values (?, 'test', 'verify', 1, 'running', now())",
                run);
    }

    private long run() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at, lane)
                        values ('watched', 'e', 't', 'c', 'p', 'succeeded', now(), now(), 'l') returning id""").mapTo(Long.class).one());
    }
}
