package dev.stepzero.ship.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.engine.RunStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(TestDatabase.class)
class RunHistoryTest {
    private static final Instant START = Instant.parse("2026-11-02T08:00:00Z");

    private final Jdbi jdbi;
    private final RunHistory history;
    private final DeliveryMetrics metrics;
    private final String project = "past" + System.nanoTime();

    RunHistoryTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.history = new RunHistory(jdbi, Clock.fixed(START.plusSeconds(3600), ZoneOffset.UTC));
        this.metrics = new DeliveryMetrics(jdbi);
    }

    @Test
    void pagesOfRunsFollowEachOtherAndFiltersNarrowThem() {
        for (var i = 0; i < 5; i++) {
            run(i % 2 == 0 ? "succeeded" : "blocked", START);
        }
        var ofProject = new RunFilter(
                Optional.of(project), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        var first = history.page(ofProject, Optional.empty(), 3);
        var second = history.page(ofProject, first.next(), 3);

        var ids = new ArrayList<Long>();
        first.runs().forEach(run -> ids.add(run.run().id()));
        second.runs().forEach(run -> ids.add(run.run().id()));
        assertThat(ids).hasSize(5).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(second.next()).isEmpty();
        assertThat(history.page(
                                new RunFilter(
                                        Optional.of(project),
                                        Optional.of("production"),
                                        Optional.of(RunStatus.BLOCKED),
                                        Optional.of("refs/heads/main"),
                                        Optional.of("ann")),
                                Optional.empty(),
                                10)
                        .runs())
                .hasSize(2);
    }

    @Test
    void aRunShowsHowLongItsStagesTookOfTheFifteenMinutes() {
        var run = run("succeeded", START);
        step(run, "compile", "verify", 0, 60);
        step(run, "test", "verify", 30, 180);
        step(run, "image", "build", 180, 270);
        step(run, "backwards", "gate", 300, 200);

        var details = history.find(run).orElseThrow();

        assertThat(details.stages())
                .containsExactly(
                        new StageTime("verify", Duration.ZERO, Duration.ofMinutes(3), 0.2),
                        new StageTime("build", Duration.ofMinutes(3), Duration.ofSeconds(90), 0.1),
                        new StageTime("gate", Duration.ofMinutes(5), Duration.ZERO, 0));
        assertThat(details.total()).isEqualTo(Duration.ofMinutes(10));
        assertThat(details.overBudget()).isFalse();
    }

    @Test
    void linesArePagedByTheirNumberAndSearched() {
        var run = run("succeeded", START);
        step(run, "test", "verify", 0, 60);
        step(run, "scan", "analyse", 0, 60);
        for (var i = 0; i < 10; i++) {
            jdbi.useHandle(handle -> handle.execute("""
                    insert into step_output (run_id, step, attempt, number, line)
                    select ?, case when n % 2 = 0 then 'test' else 'scan' end, 1, ? * 10 + n, 'Line 100% of ' || n
                    from generate_series(0, 1) n""", run, i()));
        }

        var first = history.lines(run, Optional.empty(), 0, 15);
        var rest = history.lines(run, Optional.empty(), first.getLast().id(), 15);

        assertThat(first).hasSize(15);
        assertThat(rest).hasSize(5);
        assertThat(history.lines(run, Optional.of("scan"), 0, 100))
                .hasSize(10)
                .allMatch(l -> l.step().equals("scan"));
        assertThat(history.search(run, "100% OF 1", 0, 100)).hasSize(10);
        assertThat(history.search(run, "100_", 0, 100)).isEmpty();
    }

    private int counter;

    private int i() {
        return counter++;
    }

    @Test
    void theFourKeysFollowFromWhatServedWhen() {
        deployment("ship", "replaced", 0, 1);
        deployment("ship", "replaced", 10, 3);
        deployment("rollback", "replaced", 12, 0);
        deployment("ship", "failed", 24 * 7, 5);
        deployment("ship", "serving", 24 * 7 + 4, 2);
        neverServed();

        var all = metrics.over(Optional.of(project), Optional.empty(), day(1), day(30));
        var weeks = metrics.weekly(Optional.of(project), Optional.empty(), day(1), day(30));

        assertThat(all.deployments()).isEqualTo(4);
        assertThat(all.medianLeadTime()).hasValue(Duration.ofMinutes(150));
        assertThat(all.failureRate()).isEqualTo(0.5);
        assertThat(all.medianTimeToRestore()).hasValue(Duration.ofHours(3));
        assertThat(weeks)
                .containsExactly(
                        new FourKeys(day(2), 2, Duration.ofHours(2), 0.5, Duration.ofHours(2)),
                        new FourKeys(day(9), 2, Duration.ofMinutes(210), 0.5, Duration.ofHours(4)));
    }

    @Test
    void withoutDeploymentsThereAreNoTimes() {
        var none = metrics.over(Optional.of(project), Optional.empty(), day(1), day(30));

        assertThat(none).isEqualTo(new FourKeys(day(1), 0, null, 0, null));
        assertThat(metrics.weekly(Optional.of(project), Optional.empty(), day(1), day(30)))
                .isEqualTo(List.of());
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2026, 11, day);
    }

    private void deployment(String kind, String status, int hour, int leadHours) {
        var served = START.plus(Duration.ofHours(hour));
        var run = run("succeeded", served);
        jdbi.useHandle(handle -> {
            handle.execute(
                    "update run set committed_at = ? where id = ?", served.minus(Duration.ofHours(leadHours)), run);
            handle.execute("""
                    insert into release (project, commit_id, image, run_id, created_at) values (?, ?, 'sha256:' || repeat('0', 64), ?, now());
                    """, project, "c" + run, run);
            handle.execute("""
                    insert into deployment (release_id, environment, target, run_id, kind, status, colour, address,
                                            declared, started_at, served_at)
                    select id, 'production', 't', ?, ?, ?, '', 'a', '{}', ?, ? from release where run_id = ?
                    """, run, kind, status, served, served, run);
        });
    }

    private void neverServed() {
        deployment("ship", "failed", 40, 1);
        jdbi.useHandle(handle -> handle.execute("""
                update deployment set served_at = null
                where id = (select max(d.id) from deployment d join release r on r.id = d.release_id where r.project = ?)
                """, project));
    }

    private long run(String status, Instant started) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at,
                                         lane, ref, requested_by)
                        values (?, 'production', 't', 'c', 'p', ?, ?, ?, 'production', 'refs/heads/main', 'ann')
                        returning id""")
                .bind(0, project)
                .bind(1, status)
                .bind(2, started)
                .bind(3, started.plusSeconds(600))
                .mapTo(Long.class)
                .one());
    }

    private void step(long run, String name, String stage, int from, int to) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into step (run_id, name, stage, attempt, status, started_at, ended_at)
                values (?, ?, ?, 1, 'succeeded', ?, ?)""", run, name, stage, START.plusSeconds(from), START.plusSeconds(to)));
    }
}
