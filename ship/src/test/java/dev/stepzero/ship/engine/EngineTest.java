package dev.stepzero.ship.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.evidence.EvidenceLog;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ExtendWith(TestDatabase.class)
class EngineTest {
    private static final String UNSIGNED = "{\"payloadType\":\"t\",\"payload\":\"\",\"signatures\":[]}";
    private static final Slot<String> A = new Slot<>("a", String.class);
    private static final Slot<String> B = new Slot<>("b", String.class);
    private static final RunListener NOBODY = new RunListener() {};

    private final RunJournal journal;
    private final Jdbi jdbi;
    private final Engine engine;
    private RunKey key = new RunKey("", "", "", "", "");

    EngineTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.journal = new RunJournal(jdbi, Clock.systemUTC());
        this.engine =
                new Engine(journal, (subject, name, type, predicate) -> new SignedEvidence(subject, type, UNSIGNED));
    }

    @BeforeEach
    void nameTheRunAfterTheTest(TestInfo test) {
        key = new RunKey(test.getDisplayName() + System.nanoTime(), "production", "process", "c0ffee", "p1");
    }

    @Test
    void whatOneStepGivesReachesTheOthersAndTheCaller() {
        var result = run(
                TestStep.giving(A, "from a"),
                TestStep.named("b").needs(A).gives(B).doing(context -> context.give(B, context.get(A) + ", b")));

        assertThat(result.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result.value(B)).hasValue("from a, b");
        assertThat(result.value(A, String::length)).hasValue(6);
        assertThat(result.failure()).isEmpty();
    }

    @Test
    void stepsThatNeedNothingFromEachOtherRunSideBySide() {
        var meeting = new CyclicBarrier(3);
        var steps = IntStream.range(0, 3)
                .mapToObj(i -> (Step) TestStep.named("s" + i).doing(context -> meet(meeting)))
                .toList();

        var result = engine.run(key, new Pipeline(steps), NOBODY);

        assertThat(result.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aStepStartsOnceWhatItNeedsIsThereThoughOthersStillRun() {
        var second = new CountDownLatch(1);

        var result = run(
                TestStep.named("slow").doing(context -> second.await()),
                TestStep.giving(A, "a"),
                TestStep.named("b").needs(A).doing(context -> second.countDown()));

        assertThat(result.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void theListenerHearsTheStoryInOrderOneCallAtATime() {
        var story = new ArrayList<String>();

        engine.run(
                key,
                new Pipeline(List.of(
                        TestStep.giving(A, "x"), TestStep.named("b").needs(A).doing(context -> {
                            context.output().line("working");
                            context.summary("3 things");
                            context.warn("take care");
                        }))),
                new Storyteller(story));

        assertThat(story)
                .containsExactly(
                        "run started",
                        "a started",
                        "a succeeded",
                        "b started",
                        "b: working",
                        "b succeeded 3 things",
                        "run succeeded");
    }

    @Test
    void aFullDiskStallsTheRunAndIsNamed() {
        var result = run(TestStep.named("copy").doing(context -> {
            throw new UncheckedIOException(new FileSystemException("/var/large", null, "No space left on device"));
        }));

        assertThat(result.status()).isEqualTo(RunStatus.STALLED);
        assertThat(result.failure().orElseThrow()).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.what()).contains("the disk is full");
            assertThat(error.where()).hasValue("/var/large");
            assertThat(error.fix()).isPresent();
        });
    }

    @Test
    void aStepsRecordTellsWhatCameOfIt() {
        var result = run(TestStep.named("test").doing(context -> {
            context.summary("42 tests");
            context.warn("one was slow");
        }));

        var record = journal.steps(result.run().id()).getFirst();
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.stage()).isEqualTo("build");
        assertThat(record.summary()).isEqualTo("42 tests");
        assertThat(record.warnings()).containsExactly("one was slow");
        assertThat(record.duration()).isPresent();
        assertThat(record.reason()).isNull();
    }

    @Test
    void aRefusedChangeEndsTheRunAndTheNextOneStartsAnew() {
        var first = run(TestStep.named("gate").doing(context -> {
            throw UserError.blocked("two findings");
        }));
        var second = run(TestStep.named("gate"));

        assertThat(first.status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(first.failure().orElseThrow()).hasMessage("two findings");
        assertThat(reason(first)).isEqualTo("two findings");
        assertThat(second.run().id()).isGreaterThan(first.run().id());
        assertThat(second.run().resumed()).isFalse();
    }

    @Test
    void aFaultEndsTheRunAsFailed() {
        var result = run(TestStep.named("broken").doing(context -> {
            throw new IllegalStateException();
        }));

        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        assertThat(reason(result)).isEqualTo("java.lang.IllegalStateException");
        assertThat(journal.open(key.project(), key.environment())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                OutOfMemoryError.class,
                StackOverflowError.class,
                NoClassDefFoundError.class,
                InternalError.class,
                AssertionError.class,
                Error.class
            })
    void anErrorOfAnyKindEndsTheRunAsFailed(Class<? extends Error> kind) {
        var result = run(TestStep.named("broken").doing(context -> {
            throw kind.getConstructor().newInstance();
        }));

        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        assertThat(result.failure().orElseThrow()).isInstanceOf(kind);
    }

    @Test
    void aStepThatDoesNotGiveWhatItPromisedIsAFault() {
        var result = run(TestStep.named("forgetful").gives(A));

        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        assertThat(reason(result)).contains("step 'forgetful' ended without giving 'a'");
    }

    @Test
    void aStepThatReadsWhatItDoesNotNeedIsAFault() {
        var result = run(TestStep.giving(A, "a"), TestStep.named("curious").doing(context -> context.get(A)));

        assertThat(reason(result)).contains("step 'curious' does not say that it needs 'a'");
    }

    @Test
    void whenAStepFailsTheOthersAreInterruptedAndWaitedFor() {
        var bothRun = new CyclicBarrier(2);
        var cleanedUp = new CountDownLatch(1);

        var result = run(
                TestStep.named("slow").doing(context -> {
                    meet(bothRun);
                    try {
                        forever();
                    } finally {
                        cleanedUp.countDown();
                    }
                }),
                TestStep.named("failing").doing(context -> {
                    meet(bothRun);
                    throw UserError.blocked("no");
                }));

        assertThat(result.status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(cleanedUp.getCount()).isZero();
        assertThat(statusOf(result, "slow")).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(statusOf(result, "failing")).isEqualTo(RunStatus.BLOCKED);
    }

    @Test
    void whatComesAfterAFailedStepDoesNotRun() {
        var result = run(
                TestStep.named("a").gives(A).doing(context -> {
                    throw UserError.blocked("no");
                }),
                TestStep.named("b").needs(A));

        assertThat(journal.steps(result.run().id()))
                .extracting(StepRecord::name)
                .containsExactly("a");
    }

    @Test
    void aSecondRunOfTheSameProjectIsRefusedWithTheFirstOnesId() throws Exception {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var first =
                CompletableFuture.supplyAsync(() -> run(TestStep.named("slow").doing(context -> {
                    started.countDown();
                    release.await();
                })));
        started.await();

        var error = catchThrowableOfType(UserError.class, () -> run(TestStep.named("slow")));
        release.countDown();

        var id = first.join().run().id();
        assertThat(error.status()).isEqualTo(ExitStatus.BLOCKED);
        assertThat(error.what()).contains("production", "run " + id + " of commit c0ffee");
        assertThat(first.join().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void anotherEnvironmentOfTheSameProjectMayBeShippedToAtTheSameTime() {
        var meeting = new CyclicBarrier(2);
        var pipeline = new Pipeline(List.of(TestStep.named("meet").doing(context -> meet(meeting))));
        var staging = new RunKey(key.project(), "staging", key.target(), key.commit(), key.pipeline());

        var other = CompletableFuture.supplyAsync(() -> engine.run(staging, pipeline, NOBODY));
        var result = engine.run(key, pipeline, NOBODY);

        assertThat(result.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(other.join().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void theRightToRunIsFreeAgainAfterwards() {
        run(TestStep.named("one"));

        var result = run(TestStep.named("one"));

        assertThat(result.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void whatAStepAttestsIsStoredWithItsJudgementForOrAgainstTheChange() {
        var result = run(
                attesting("judge", "sha256:1").gives(A),
                refusing("late", UserError.blocked("no")).needs(A));

        assertThat(subjects(result)).containsExactly("sha256:1", "sha256:late");
    }

    @Test
    void aVerdictRestsOnNothingThatARefusalSaid() {
        var result = run(
                attesting("judge", "sha256:1").gives(A),
                refusing("late", UserError.blocked("no")).needs(A));

        assertThat(new EvidenceLog(jdbi).ofRun(result.run().id()))
                .extracting(SignedEvidence::subject)
                .containsExactly("sha256:1");
    }

    @Test
    void whatAStepSaidThatDidNotComeToAJudgementIsDropped() {
        var fault = run(refusing("faulty", new IllegalStateException("ours")));
        var stalled = run(refusing("stalled", UserError.engine("the registry is down")));

        assertThat(fault.status()).isEqualTo(RunStatus.FAILED);
        assertThat(stalled.status()).isEqualTo(RunStatus.STALLED);
        assertThat(subjects(fault)).isEmpty();
        assertThat(subjects(stalled)).isEmpty();
    }

    private static TestStep attesting(String name, String subject) {
        return TestStep.named(name).doing(context -> {
            context.attest(subject, "image", "https://example.org/check", "x");
            context.give(A, "a");
        });
    }

    private static TestStep refusing(String name, RuntimeException why) {
        return TestStep.named(name).doing(context -> {
            context.attest("sha256:" + name, "image", "https://example.org/check", "x");
            throw why;
        });
    }

    private List<String> subjects(RunResult result) {
        return new EvidenceLog(jdbi)
                .saidIn(result.run().id()).stream()
                        .map(each -> each.evidence().subject())
                        .toList();
    }

    @Test
    void anEmptyPipelineSucceeds() {
        assertThat(run().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    private RunResult run(Step... steps) {
        return engine.run(key, new Pipeline(List.of(steps)), NOBODY);
    }

    private String reason(RunResult result) {
        return jdbi.withHandle(handle -> handle.createQuery("select reason from run where id = ?")
                .bind(0, result.run().id())
                .mapTo(String.class)
                .one());
    }

    private RunStatus statusOf(RunResult result, String step) {
        return journal.steps(result.run().id()).stream()
                .filter(record -> record.name().equals(step))
                .findFirst()
                .orElseThrow()
                .status();
    }

    private static void meet(CyclicBarrier barrier) throws InterruptedException, BrokenBarrierException {
        barrier.await();
    }

    private static void forever() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private record Storyteller(List<String> story) implements RunListener {
        @Override
        public void runStarted(Run run, Pipeline pipeline) {
            story.add("run started");
        }

        @Override
        public void stepStarted(Step step) {
            story.add(step.name() + " started");
        }

        @Override
        public void stepOutput(Step step, String line) {
            story.add(step.name() + ": " + line);
        }

        @Override
        public void stepEnded(Step step, StepRecord outcome) {
            var summary = outcome.summary();
            story.add(step.name() + " " + outcome.status().label() + (summary == null ? "" : " " + summary));
        }

        @Override
        public void runEnded(Run run, RunStatus status) {
            story.add("run " + status.label());
        }
    }
}
