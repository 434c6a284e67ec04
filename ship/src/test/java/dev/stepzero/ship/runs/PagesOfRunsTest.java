package dev.stepzero.ship.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.affected.ToldVulnerabilities;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.findings.FindingState;
import dev.stepzero.ship.findings.KnownFinding;
import dev.stepzero.ship.findings.Sighting;
import dev.stepzero.ship.findings.Sightings;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What pages read of runs and of what they led to. */
@ExtendWith(TestDatabase.class)
class PagesOfRunsTest {
    private final Jdbi jdbi;
    private final String project = "paged" + System.nanoTime();

    PagesOfRunsTest(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Test
    void theEndOfALogIsThatOfTheLatestAttempt() {
        var run = run("a");
        for (var attempt = 1; attempt <= 2; attempt++) {
            jdbi.useHandle(handle -> handle.execute(
                    "insert into step (run_id, name, stage, attempt, status, started_at) select ?, 'test', 'verify', count(*) + 1, 'failed', now() from step where run_id = ?",
                    run,
                    run));
        }
        line(run, 1, 1, "old");
        line(run, 2, 1, "one");
        line(run, 2, 2, "two");
        line(run, 2, 3, "three");
        var tail = new LogTail(jdbi);

        assertThat(tail.of(run, "test", 2)).extracting(LogLine::text).containsExactly("two", "three");
        assertThat(tail.last(run)).isEqualTo(tail.of(run, "test", 1).getFirst().id());
        assertThat(tail.last(-1)).isZero();
    }

    @Test
    void aFindingKnowsTheRunsThatSawIt() {
        var first = run("a");
        var second = run("b");
        var id = jdbi.withHandle(handle -> handle.createQuery("""
                        insert into finding (project, environment, scanner, fingerprint, rule, severity, title, message, fix,
                            resource, line, end_line, state, first_run, first_seen, last_run, last_seen)
                        values (?, 'production', 's', 'f', 'r', 3, 't', 'm', 'f', 'r', 0, 0, 'open', ?, now(), ?, now())
                        returning id""")
                .bind(0, project)
                .bind(1, first)
                .bind(2, second)
                .mapTo(Long.class)
                .one());
        jdbi.useHandle(handle -> handle.execute(
                "insert into run_finding values (?, ?, 'open'), (?, ?, 'waived')", first, id, second, id));
        var finding = new KnownFinding(
                id,
                project,
                "production",
                "s",
                "f",
                "r",
                Severity.CRITICAL,
                "t",
                "m",
                "f",
                Location.of("r"),
                FindingState.WAIVED,
                first,
                Instant.EPOCH,
                second,
                Instant.EPOCH,
                null,
                null);

        assertThat(new Sightings(jdbi).of(finding, 10))
                .extracting(Sighting::commit)
                .containsExactly("b", "a");
        assertThat(new Sightings(jdbi).of(finding, 1))
                .extracting(Sighting::state)
                .containsExactly(FindingState.WAIVED);
    }

    @Test
    void deploymentsArePagedAndWhatBecameKnownSinceIsTold() {
        deployment(run("a"), "replaced", "2 days");
        var serving = deployment(run("b"), "serving", "1 day");
        var deployments = new Deployments(jdbi, Clock.systemUTC());
        assertThat(deployments.page(project, "production", Optional.empty(), 1))
                .extracting(Deployments.Deployment::commit)
                .containsExactly("b");
        assertThat(deployments.page(project, "production", Optional.of(serving), 5))
                .extracting(Deployments.Deployment::commit)
                .containsExactly("a");

        component(serving, "pkg:deb/debian/openssl@3.0");
        told("pkg:deb/debian/openssl@3.0", "CVE-OLD", "2 days");
        told("pkg:deb/debian/openssl@3.0", "CVE-NEW", "1 hour");
        told("pkg:deb/debian/gone@1", "CVE-GONE", "1 hour");

        assertThat(new ToldVulnerabilities(jdbi).sinceServing(Optional.of(project), 10))
                .extracting(ToldVulnerabilities.NewlyTold::advisory)
                .containsExactly("CVE-NEW");
    }

    private long run(String commit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at, lane)
                        values (?, 'production', 'process', ?, 'p', 'succeeded', now(), now(), 'production') returning id""")
                .bind(0, project)
                .bind(1, commit)
                .mapTo(Long.class)
                .one());
    }

    private void line(long run, int attempt, int number, String text) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into step_output (run_id, step, attempt, number, line) values (?, 'test', ?, ?, ?)",
                run,
                attempt,
                number,
                text));
    }

    private long deployment(long run, String status, String ago) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with made as (
                            insert into release (project, commit_id, image, run_id, created_at)
                            select project, commit_id, 'sha256:' || repeat('a', 64), id, now() from run where id = :run returning id
                        )
                        insert into deployment (release_id, environment, target, run_id, kind, status, colour, address, declared,
                                                started_at, served_at)
                        select id, 'production', 'process', :run, 'ship', :status, '', '', '{}', now() - cast(:ago as interval),
                               now() - cast(:ago as interval) from made returning id""")
                .bind("run", run)
                .bind("status", status)
                .bind("ago", ago)
                .mapTo(Long.class)
                .one());
    }

    private void component(long deployment, String purl) {
        jdbi.useHandle(handle -> {
            handle.execute(
                    "insert into release_contents select release_id, '', '', '', '', 'HIGH' from deployment where id = ?",
                    deployment);
            handle.execute(
                    "insert into release_component select release_id, ?, 'deb', 'n', 'v', null, null, true, '' from deployment where id = ?",
                    purl,
                    deployment);
        });
    }

    private void told(String purl, String advisory, String ago) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into told_vulnerability values (?, 'production', ?, ?, now() - cast(? as interval))",
                project,
                purl,
                advisory,
                ago));
    }
}
