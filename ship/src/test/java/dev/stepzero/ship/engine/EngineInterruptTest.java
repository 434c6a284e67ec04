package dev.stepzero.ship.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(TestDatabase.class)
class EngineInterruptTest {
    private static final RunListener NOBODY = new RunListener() {};

    private final RunJournal journal;
    private final Engine engine;
    private RunKey key = new RunKey("", "", "", "", "");

    EngineInterruptTest(Jdbi jdbi) {
        this.journal = new RunJournal(jdbi, Clock.systemUTC());
        this.engine = new Engine(journal, (subject, name, type, predicate) -> new SignedEvidence(subject, type, "{}"));
    }

    @BeforeEach
    void nameTheRunAfterTheTest(TestInfo test) {
        key = new RunKey(test.getDisplayName() + System.nanoTime(), "production", "process", "c0ffee", "p1");
    }

    @Test
    void anInterruptCancelsTheStepsAndLeavesTheRunOpen() throws Exception {
        var result = interrupted(TestStep.named("slow").doing(context -> new CountDownLatch(1).await()));

        assertThat(result.status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(result.failure().orElseThrow()).isInstanceOf(InterruptedException.class);
        assertThat(journal.open(key.project(), key.environment())).isPresent();

        var again = engine.run(key, new Pipeline(List.of(TestStep.named("slow"))), NOBODY);

        assertThat(again.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(again.run().id()).isEqualTo(result.run().id());
        assertThat(journal.steps(result.run().id()).getFirst().attempt()).isEqualTo(2);
    }

    @Test
    void aStepMayFinishItsWorkAfterAnInterrupt() throws Exception {
        var result = interrupted(TestStep.named("stubborn").doing(context -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                context.summary("done all the same");
            }
        }));

        var record = journal.steps(result.run().id()).getFirst();
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.summary()).isEqualTo("done all the same");
    }

    @Test
    void anInterruptedStepStillHasItsLastWords() throws Exception {
        var result = interrupted(TestStep.named("talkative").doing(context -> {
            try {
                new CountDownLatch(1).await();
            } finally {
                Thread.currentThread().interrupt();
                IntStream.range(0, 1_000).forEach(i -> context.output().line("cleaning up " + i));
            }
        }));

        assertThat(journal.output(result.run().id(), "talkative"))
                .hasSize(1_000)
                .endsWith("cleaning up 999");
        assertThat(journal.steps(result.run().id()).getFirst().status()).isEqualTo(RunStatus.INTERRUPTED);
    }

    @RepeatedTest(5)
    void anInterruptBeforeAStepCameToItsFirstInstructionIsNotLost() {
        var steps = IntStream.range(0, 20)
                .mapToObj(i -> (Step) TestStep.named("s" + i).doing(context -> new CountDownLatch(1).await()))
                .toList();

        Thread.currentThread().interrupt();
        var result = engine.run(key, new Pipeline(steps), NOBODY);

        assertThat(Thread.interrupted()).isFalse();
        assertThat(result.status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(journal.steps(result.run().id()))
                .extracting(StepRecord::status)
                .containsOnly(RunStatus.INTERRUPTED);
    }

    private RunResult interrupted(TestStep step) throws Exception {
        var started = new CountDownLatch(1);
        var signalling = step.doing(context -> {
            started.countDown();
            step.work().run(context);
        });
        var result = new CompletableFuture<RunResult>();
        var caller = Thread.ofPlatform()
                .start(() -> result.complete(engine.run(key, new Pipeline(List.of(signalling)), NOBODY)));
        started.await();
        caller.interrupt();
        return result.get();
    }
}
