package dev.stepzero.ship.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepzero.core.Digest;
import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(TestDatabase.class)
class EngineResumeTest {
    private static final Slot<String> A = new Slot<>("a", String.class);
    private static final Slot<String> B = new Slot<>("b", String.class);
    private static final Slot<Everything> EVERYTHING = new Slot<>("everything", Everything.class);

    private final Jdbi jdbi;
    private final RunJournal journal;
    private final List<String> story = new ArrayList<>();
    private RunKey key = new RunKey("", "", "", "", "");

    EngineResumeTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.journal = new RunJournal(jdbi, Clock.systemUTC());
    }

    /** What a slot may hold. */
    record Everything(
            String text,
            Digest digest,
            Path path,
            Instant at,
            Duration took,
            Optional<String> maybe,
            Map<String, List<Integer>> map) {}

    @BeforeEach
    void nameTheRunAfterTheTest(TestInfo test) {
        key = new RunKey(test.getDisplayName() + System.nanoTime(), "production", "process", "c0ffee", "p1");
    }

    @Test
    void aStalledRunGoesOnAtTheStepThatFailed() {
        var registryIsUp = new AtomicBoolean();
        var pipeline = List.<Step>of(
                TestStep.giving(A, "a"), TestStep.named("push").needs(A).doing(context -> {
                    if (!registryIsUp.get()) {
                        throw UserError.engine("the registry does not answer");
                    }
                }));

        var first = run(pipeline);
        registryIsUp.set(true);
        var second = run(pipeline);

        assertThat(first.status()).isEqualTo(RunStatus.STALLED);
        assertThat(second.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(second.run().id()).isEqualTo(first.run().id());
        assertThat(second.run().resumed()).isTrue();
        assertThat(second.run().startedAt()).isEqualTo(first.run().startedAt());
        assertThat(story)
                .containsExactly(
                        "a started",
                        "a succeeded",
                        "push started",
                        "push stalled",
                        "a kept",
                        "push started",
                        "push succeeded");
    }

    @Test
    void everyKindOfValueComesBackAsItWas() {
        var value = new Everything(
                "NUL \0 and \uD83D\uDE00 \u2028",
                Digest.of(new byte[1]),
                Path.of("/tmp/a b/ü"),
                Instant.parse("2026-11-21T01:02:03.456789Z"),
                Duration.ofMillis(1),
                Optional.empty(),
                Map.of("k", List.of(1, 2)));
        stall(TestStep.named("give").gives(EVERYTHING).doing(context -> context.give(EVERYTHING, value)));

        var result = run(List.of(TestStep.named("give").gives(EVERYTHING).doing(EngineResumeTest::mustNotRun)));

        assertThat(result.value(EVERYTHING)).hasValue(value);
    }

    @Test
    void aStepWhoseResultIsGoneRunsAgainAndSoDoesEverythingAfterIt() {
        stall(TestStep.giving(A, "old"), b(), TestStep.named("alone"));
        story.clear();

        var result = run(List.of(TestStep.giving(A, "new").holdsWhile(context -> false), b(), TestStep.named("alone")));

        assertThat(result.value(B)).hasValue("b of new");
        assertThat(story)
                .startsWith("alone kept", "a started")
                .contains("b started")
                .doesNotContain("b kept");
    }

    @Test
    void aStepSeesWhatItGaveWhenItIsAskedWhetherThatStillHolds() {
        stall(TestStep.giving(A, "here"), b());

        run(List.of(
                TestStep.giving(A, "again").holdsWhile(context -> context.get(A).equals("here")),
                b().holdsWhile(context ->
                        context.get(A).equals("here") && context.get(B).equals("b of here"))));

        assertThat(story).endsWith("a kept", "b kept");
    }

    @Test
    void aSuccessThatWasMadeOfAnOldResultIsNotKeptAfterAnotherCut() {
        stall(TestStep.giving(A, "old"), b());
        var stopping = new Slot<>("stopping", String.class);
        run(List.of(
                TestStep.giving(A, "new").holdsWhile(context -> false),
                TestStep.named("stopping").needs(A).gives(stopping).doing(context -> {
                    throw UserError.engine("cut before b begins");
                }),
                b().needs(A, stopping)));
        story.clear();

        var result = run(List.of(TestStep.giving(A, "newest"), b()));

        assertThat(story).containsExactly("a kept", "b started", "b succeeded");
        assertThat(result.value(B)).hasValue("b of new");
    }

    @Test
    void aSuccessIsNotKeptWhenALaterAttemptWasCut() {
        stall(TestStep.giving(A, "old"));
        run(List.of(TestStep.named("a").gives(A).holdsWhile(context -> false).doing(context -> {
            throw UserError.engine("cut in the middle");
        })));
        story.clear();

        run(List.of(TestStep.giving(A, "new")));

        assertThat(story).containsExactly("a started", "a succeeded");
    }

    @Test
    void aValueThatCannotBeReadAnyMoreIsMadeAgain() {
        stall(TestStep.named("a").gives(A).doing(context -> context.give(A, "no digest")));
        var slot = new Slot<>("a", Digest.class);
        story.clear();

        var result = run(List.of(
                TestStep.named("a").gives(slot).doing(context -> context.give(slot, Digest.of(new byte[0])))));

        assertThat(result.value(slot)).hasValue(Digest.of(new byte[0]));
        assertThat(story).contains("a started");
    }

    @Test
    void aStepThatGivesMoreThanBeforeRunsAgain() {
        stall(TestStep.giving(A, "a"));
        story.clear();

        var result = run(List.of(TestStep.named("a").gives(A, B).doing(context -> {
            context.give(A, "a");
            context.give(B, "b");
        })));

        assertThat(result.value(B)).hasValue("b");
    }

    @Test
    void aStepThatAProcessLeftRunningIsShownAsInterruptedAndRunsAgain() {
        var cut = journal.begin(key, RunOrigin.UNKNOWN);
        journal.beginStep(cut, TestStep.named("cut"));
        journal.beginStep(cut, TestStep.named("never again"));

        var result = run(List.of(TestStep.named("cut")));

        assertThat(result.run().id()).isEqualTo(cut.id());
        assertThat(journal.steps(cut.id()))
                .extracting(StepRecord::name, StepRecord::status, StepRecord::attempt)
                .containsExactlyInAnyOrder(
                        tuple("cut", RunStatus.SUCCEEDED, 2), tuple("never again", RunStatus.INTERRUPTED, 1));
    }

    @Test
    void anotherCommitTakesThePlaceOfAnOpenRun() {
        var old = stall(TestStep.giving(A, "old"));
        journal.beginStep(old.run(), TestStep.named("left running"));
        var newer = new RunKey(key.project(), key.environment(), key.target(), "decade", key.pipeline());

        var result = engine(jdbi).run(newer, new Pipeline(List.of(TestStep.giving(A, "new"))), new RunListener() {});

        assertThat(result.run().id()).isGreaterThan(old.run().id());
        assertThat(result.value(A)).hasValue("new");
        assertThat(statusAndReason(old)).isEqualTo("abandoned: commit decade took its place");
        assertThat(journal.steps(old.run().id())).extracting(StepRecord::status).doesNotContain(RunStatus.RUNNING);
    }

    @Test
    void anotherPipelineDoesNotGoOnWithARunOfTheOldOne() {
        var old = stall(TestStep.giving(A, "old"));
        key = new RunKey(key.project(), key.environment(), key.target(), key.commit(), "p2");

        var result = run(List.of(TestStep.giving(A, "new")));

        assertThat(result.run().id()).isNotEqualTo(old.run().id());
        assertThat(result.value(A)).hasValue("new");
    }

    @Test
    void aDatabaseThatFailsInTheMiddleLeavesTheRunOpen() {
        var gone = new AtomicBoolean();
        var fragile = Jdbi.create(() -> {
            if (gone.get()) {
                throw new SQLException("connection refused", "08001");
            }
            return jdbi.open().getConnection();
        });
        var pipeline = new Pipeline(List.of(TestStep.named("unlucky").doing(context -> gone.set(true))));

        var error =
                catchThrowableOfType(UserError.class, () -> engine(fragile).run(key, pipeline, new RunListener() {}));

        assertThat(error.status()).isEqualTo(ExitStatus.ENGINE);
        assertThat(error.fix().orElseThrow()).contains("run the same command");
        assertThat(run(List.of(TestStep.named("unlucky"))).run().resumed()).isTrue();
    }

    private TestStep b() {
        return TestStep.named("b").needs(A).gives(B).doing(context -> context.give(B, "b of " + context.get(A)));
    }

    /** Runs the steps, and one more after all of them that leaves the run open. */
    private RunResult stall(TestStep... steps) {
        var all = new ArrayList<Step>(List.of(steps));
        var given = all.stream().flatMap(step -> step.gives().stream()).toArray(Slot<?>[]::new);
        all.add(TestStep.named("stall")
                .needs(given)
                .gives(new Slot<>("stall", String.class))
                .doing(context -> {
                    throw UserError.engine("stalled");
                }));
        return run(all);
    }

    private RunResult run(List<? extends Step> steps) {
        return engine(jdbi).run(key, new Pipeline(List.copyOf(steps)), new Storyteller(story));
    }

    private static Engine engine(Jdbi jdbi) {
        var journal = new RunJournal(jdbi, Clock.systemUTC());
        return new Engine(journal, (subject, name, type, predicate) -> new SignedEvidence(subject, type, "{}"));
    }

    private String statusAndReason(RunResult result) {
        return jdbi.withHandle(handle -> handle.createQuery("select status || ': ' || reason from run where id = ?")
                .bind(0, result.run().id())
                .mapTo(String.class)
                .one());
    }

    private static void mustNotRun(StepContext context) {
        throw new AssertionError("this step was done before");
    }

    private record Storyteller(List<String> story) implements RunListener {
        @Override
        public void stepKept(Step step, StepRecord earlier) {
            story.add(step.name() + " kept");
        }

        @Override
        public void stepStarted(Step step) {
            story.add(step.name() + " started");
        }

        @Override
        public void stepEnded(Step step, StepRecord outcome) {
            story.add(step.name() + " " + outcome.status().label());
        }
    }
}
