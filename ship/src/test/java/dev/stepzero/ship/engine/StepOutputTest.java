package dev.stepzero.ship.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
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
class StepOutputTest {
    private final RunJournal journal;
    private final Engine engine;
    private RunKey key = new RunKey("", "", "", "", "");

    StepOutputTest(Jdbi jdbi) {
        this.journal = new RunJournal(jdbi, Clock.systemUTC());
        this.engine = new Engine(journal, (subject, name, type, predicate) -> new SignedEvidence(subject, type, "{}"));
    }

    @BeforeEach
    void nameTheRunAfterTheTest(TestInfo test) {
        key = new RunKey(test.getDisplayName() + System.nanoTime(), "production", "process", "c0ffee", "p1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 199, 200, 201, 10_000, 12_000})
    void everyLineUpToTheLimitIsKeptInOrder(int lines) {
        var output = outputOf(context ->
                IntStream.range(0, lines).forEach(i -> context.output().line("line " + i)));

        assertThat(output)
                .isEqualTo(IntStream.range(0, lines).mapToObj(i -> "line " + i).toList());
    }

    @Test
    void pastTheLimitTheFirstAndTheLastLinesAreKept() {
        var output = outputOf(context ->
                IntStream.range(0, 50_000).forEach(i -> context.output().line("line " + i)));

        assertThat(output).hasSize(12_001).startsWith("line 0").endsWith("line 49999");
        assertThat(output.subList(9_999, 10_002)).containsExactly("line 9999", "[38000 lines left out]", "line 48000");
    }

    @Test
    void aLineWithoutEndIsCut() {
        var output = outputOf(context -> context.output().line("x".repeat(1_000_000)));

        assertThat(output).singleElement().asString().hasSize(10_006).endsWith("x [cut]");
    }

    @Test
    void linesOfSeveralThreadsAreAllKept() {
        var output = outputOf(context -> {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                IntStream.range(0, 2_000)
                        .forEach(i -> threads.execute(() -> context.output().line("line " + i)));
            }
        });

        assertThat(output).hasSize(2_000).doesNotHaveDuplicates();
    }

    @Test
    void theOutputOfAFailedStepIsKept() {
        var output = outputOf(context -> {
            context.output().line("last words");
            throw UserError.blocked("no");
        });

        assertThat(output).containsExactly("last words");
    }

    @Test
    void aCharacterThatPostgresqlHasNotIsShownAsUnknownEverywhere() {
        var result = run(context -> {
            context.output().line("a\0b \uD83D");
            context.summary("s\0 \uD83D");
            context.warn("w\0 \uD83D");
            throw UserError.blocked("r\0");
        });

        var record = journal.steps(result.run().id()).getFirst();
        assertThat(journal.output(result.run().id(), "step").getFirst()).startsWith("a\uFFFDb ");
        assertThat(record.summary()).startsWith("s\uFFFD");
        assertThat(record.warnings().getFirst()).startsWith("w\uFFFD");
        assertThat(record.reason()).isEqualTo("r\uFFFD");
        assertThat(result.status()).isEqualTo(RunStatus.BLOCKED);
    }

    @Test
    void whatIsSaidAfterTheStepEndedIsLost() {
        var late = new CompletableFuture<StepOutput>();
        var result = run(context -> late.complete(context.output()));

        IntStream.range(0, 500).forEach(i -> late.join().line("too late"));

        assertThat(journal.output(result.run().id(), "step")).isEmpty();
    }

    private List<String> outputOf(TestStep.Work work) {
        return journal.output(run(work).run().id(), "step");
    }

    private RunResult run(TestStep.Work work) {
        return engine.run(key, new Pipeline(List.of(TestStep.named("step").doing(work))), new RunListener() {});
    }
}
