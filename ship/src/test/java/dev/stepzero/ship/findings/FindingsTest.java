package dev.stepzero.ship.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.core.Verdict;
import dev.stepzero.core.Waiver;
import dev.stepzero.govern.gate.Gate;
import dev.stepzero.govern.gate.GatePolicy;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.engine.Engine;
import dev.stepzero.ship.engine.Pipeline;
import dev.stepzero.ship.engine.Run;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.findings.Findings.Order;
import dev.stepzero.ship.steps.Handover;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(TestDatabase.class)
class FindingsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC);

    private final Jdbi jdbi;
    private final FindingsLog log;
    private final Findings findings;
    private final String project = "found" + System.nanoTime();

    FindingsTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.log = new FindingsLog(jdbi, CLOCK);
        this.findings = new Findings(jdbi);
    }

    @Test
    void whatIsFoundAgainKeepsItsFirstRunAndWhatIsGoneIsResolved() {
        var first = run("production");
        var second = run("production");

        log.found(first, "scan-source", List.of(finding("a", Severity.HIGH), finding("b", Severity.LOW)));
        log.found(second, "scan-source", List.of(finding("a", Severity.CRITICAL)));

        assertThat(page(all())).singleElement().satisfies(known -> {
            assertThat(known.rule()).isEqualTo("rule-a");
            assertThat(known.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(known.firstRun()).isEqualTo(first.id());
            assertThat(known.lastRun()).isEqualTo(second.id());
        });
        assertThat(page(all().gone())).singleElement().satisfies(known -> {
            assertThat(known.rule()).isEqualTo("rule-b");
            assertThat(known.resolvedBy()).hasValue(second.id());
        });
        assertThat(findings.ofRun(first.id(), 10))
                .extracting(KnownFinding::rule)
                .containsExactly("rule-a", "rule-b");
    }

    @Test
    void whatComesBackIsThereAgain() {
        log.found(run("production"), "scan-source", List.of(finding("a", Severity.HIGH)));
        log.found(run("production"), "scan-source", List.of());

        log.found(run("production"), "scan-source", List.of(finding("a", Severity.HIGH)));

        assertThat(page(all())).hasSize(1);
        assertThat(page(all().gone())).isEmpty();
    }

    @Test
    void oneAnalysisResolvesNothingOfAnotherNorOfAnotherEnvironment() {
        log.found(run("production"), "scan-image", List.of(finding("a", Severity.HIGH)));
        log.found(run("staging"), "scan-source", List.of(finding("b", Severity.HIGH)));

        log.found(run("production"), "scan-source", List.of());

        assertThat(page(all())).hasSize(2);
        assertThat(page(all().ofEnvironment("staging")))
                .extracting(KnownFinding::rule)
                .containsExactly("rule-b");
    }

    @Test
    void aVerificationChangesNothingThatStandsOnTheProtectedBranch() {
        log.found(run("production"), "scan-source", List.of(finding("a", Severity.HIGH)));
        var verification = verification();

        log.found(verification, "scan-source", List.of(finding("b", Severity.CRITICAL)));

        assertThat(page(all())).extracting(KnownFinding::rule).containsExactly("rule-a");
        assertThat(findings.counts(all()).bySeverity()).containsOnlyKeys(Severity.HIGH);
        assertThat(findings.ofRun(verification.id(), 10))
                .extracting(KnownFinding::rule)
                .containsExactly("rule-b");
    }

    @Test
    void writingTheSameAgainChangesNothing() {
        var run = run("production");
        var found = List.of(finding("a", Severity.HIGH), finding("a", Severity.HIGH));

        log.found(run, "scan-source", found);
        log.found(run, "scan-source", found);

        assertThat(findings.counts(all()).all()).isOne();
        assertThat(findings.ofRun(run.id(), 10)).hasSize(1);
    }

    @Test
    void pagesFollowEachOtherFromTheWorstOn() {
        var found = IntStream.range(0, 25)
                .mapToObj(i -> finding("f" + i, Severity.values()[i % 4]))
                .toList();
        log.found(run("production"), "scan-source", found);

        var seen = new ArrayList<KnownFinding>();
        var after = Optional.<String>empty();
        do {
            var page = findings.page(all(), Order.WORST, after, 7);
            seen.addAll(page.findings());
            after = page.next();
        } while (after.isPresent());

        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        assertThat(seen).extracting(KnownFinding::severity).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThatThrownBy(() -> findings.page(all(), Order.WORST, Optional.of("1; drop"), 7))
                .isInstanceOf(UserError.class);
    }

    @Test
    void filtersNarrowTheListAndItsCounts() {
        log.found(
                run("production"),
                "scan-source",
                List.of(
                        finding("a", Severity.HIGH),
                        new Finding(
                                "open-port",
                                List.of(),
                                "A port is open to the world",
                                Severity.CRITICAL,
                                new Location("aws_security_group.web", "infra/100%_net/main.tf", 3, 9),
                                "0.0.0.0/0 reaches port 22",
                                "close it",
                                List.of(),
                                List.of(),
                                Set.of(),
                                List.of(),
                                "p")));

        assertThat(page(all().ofSeverity(Severity.CRITICAL))).hasSize(1);
        assertThat(page(all().ofRule("rule-a"))).hasSize(1);
        assertThat(page(all().ofFile("infra/100%_net/main.tf"))).hasSize(1);
        assertThat(page(all().ofFile("infra/100%*"))).hasSize(1);
        assertThat(page(all().ofFile("infra/%*"))).isEmpty();
        assertThat(page(all().with("SECURITY_group.we"))).hasSize(1);
        assertThat(page(all().with("port 22"))).hasSize(1);
        assertThat(page(all().with("port 23"))).isEmpty();
        assertThat(page(all().with("' | & ! :* \\ %"))).hasSize(2);
        assertThat(page(all().in(FindingState.WAIVED))).isEmpty();
        assertThat(findings.counts(all().with("port")).bySeverity()).containsOnlyKeys(Severity.CRITICAL);
        assertThat(findings.counts(all()).bySeverity())
                .containsEntry(Severity.CRITICAL, 1L)
                .containsEntry(Severity.HIGH, 1L);
    }

    @Test
    void textsOfAnyKindAreKept() {
        var nasty = new Finding(
                "r",
                List.of(),
                "a\0b",
                Severity.LOW,
                Location.of("x\0"),
                "m".repeat(100_000),
                "f",
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                "n");

        log.found(run("production"), "scan-source", List.of(nasty));

        assertThat(page(all())).singleElement().satisfies(known -> {
            assertThat(known.title()).isEqualTo("a\uFFFDb");
            assertThat(known.message()).hasSize(4_000);
        });
    }

    @Test
    void aBlockedRunsFindingsAreKeptAndJudged() {
        var journal = new RunJournal(jdbi, CLOCK);
        var engine = new Engine(journal, (subject, name, type, predicate) -> new SignedEvidence(subject, type, "{}"));
        var waiver = new Waiver("rule-b", "*", "ann", "known", LocalDate.of(2030, 1, 1));
        var gate = new Gate(GatePolicy.of(Severity.HIGH, Severity.MEDIUM), CLOCK);
        var scan = new Doing(
                "scan-source",
                Stage.ANALYSE,
                Set.of(),
                Set.of(Handover.SOURCE_FINDINGS),
                context -> context.give(
                        Handover.SOURCE_FINDINGS,
                        new Handover.Analysis(
                                List.of("any"), List.of(finding("a", Severity.HIGH), finding("b", Severity.HIGH)))));
        var blocks = new Doing("gate", Stage.GATE, Set.of(Handover.SOURCE_FINDINGS), Set.of(), context -> {
            throw UserError.blocked("no");
        });

        var listener = new FindingsOfRun(log, journal, gate, List.of(waiver), new RunListener() {});
        var result = engine.run(
                new RunKey(project, "production", "process", "c", "p"), new Pipeline(List.of(scan, blocks)), listener);

        assertThat(result.status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(page(all().in(FindingState.OPEN)))
                .extracting(KnownFinding::rule)
                .containsExactly("rule-a");
        assertThat(page(all().in(FindingState.WAIVED)))
                .extracting(KnownFinding::rule)
                .containsExactly("rule-b");
        assertThat(findings.counts(all().in(FindingState.WAIVED)).all()).isOne();
        assertThat(findings.ofRun(result.run().id(), 10))
                .extracting(KnownFinding::state)
                .containsExactlyInAnyOrder(FindingState.OPEN, FindingState.WAIVED);
    }

    @Test
    void theCountsThatAreKeptAreWhatCountingGives() {
        for (var round = 0; round < 6; round++) {
            var some = IntStream.range(round, round + 10 + round % 3)
                    .mapToObj(i -> finding("f" + i, Severity.values()[i % 4]))
                    .toList();
            var run = run(round % 2 == 0 ? "production" : "staging");
            log.found(run, "scan-source", some);
            log.judged(run, new Verdict(Verdict.Decision.PASS, List.of(), some.subList(3, 8), some.subList(0, 3)));
        }

        var counted = jdbi.withHandle(handle -> handle.createQuery("""
                        select count(*) from (
                            (select environment, case when resolved_at is null then state else 'resolved' end, severity,
                                    count(*) from finding where project = :project group by 1, 2, 3)
                            except
                            (select environment, state, severity, number from finding_count where project = :project)
                        ) differences""")
                .bind("project", project)
                .mapTo(Long.class)
                .one());
        assertThat(counted).isZero();
        assertThat(findings.counts(all()).all()).isEqualTo(page(all()).size());
    }

    private record Doing(String name, Stage stage, Set<Slot<?>> needs, Set<Slot<?>> gives, Body body) implements Step {
        interface Body {
            void run(StepContext context);
        }

        @Override
        public void run(StepContext context) {
            body.run(context);
        }
    }

    private FindingFilter all() {
        return FindingFilter.ALL.ofProject(project);
    }

    private List<KnownFinding> page(FindingFilter filter) {
        return findings.page(filter, Order.WORST, Optional.empty(), 200).findings();
    }

    private static Finding finding(String name, Severity severity) {
        return new Finding(
                "rule-" + name,
                List.of(),
                "Title of " + name,
                severity,
                new Location("thing." + name, "src/" + name, 1, 1),
                "message",
                "mend it",
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                name);
    }

    private Run run(String environment) {
        return insert(new RunKey(project, environment, "process", "c", "p"));
    }

    private Run verification() {
        return insert(RunKey.verifying(project, "process", "c", "p", TrustClass.FOREIGN, "refs/pull/1/head"));
    }

    private Run insert(RunKey key) {
        var id = jdbi.withHandle(handle -> handle.createQuery("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at,
                                         lane, purpose, trust)
                        values (?, ?, 't', 'c', 'p', 'succeeded', now(), now(), ?, ?, ?) returning id""")
                .bind(0, key.project())
                .bind(1, key.environment())
                .bind(2, key.lane())
                .bind(3, key.purpose().label())
                .bind(4, key.trust().label())
                .mapTo(Long.class)
                .one());
        return new Run(id, key, CLOCK.instant(), false);
    }
}
