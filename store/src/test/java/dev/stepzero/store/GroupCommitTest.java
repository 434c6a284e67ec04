package dev.stepzero.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {
    private final List<List<Integer>> written = new CopyOnWriteArrayList<>();

    @Test
    void aloneAnEntryIsWrittenAtOnce() {
        var commits = new GroupCommit<Integer, String>(this::write, 10);

        assertThat(commits.commit(7)).isEqualTo("7 is there");
        assertThat(written).containsExactly(List.of(7));
    }

    @Test
    void everybodyGetsTheirOwnAnswer() throws Exception {
        var commits = new GroupCommit<Integer, String>(this::write, 10);

        var answers = atOnce(500, commits::commit);

        assertThat(answers)
                .containsExactlyElementsOf(IntStream.range(0, 500)
                        .mapToObj("%d is there"::formatted)
                        .toList());
        assertThat(written).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(10));
        assertThat(written.stream().flatMap(List::stream)).hasSize(500).doesNotHaveDuplicates();
    }

    @Test
    void whoComesWhileOthersAreWrittenSharesTheNextCommit() throws Exception {
        var isWriting = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var commits = new GroupCommit<Integer, String>(
                batch -> {
                    isWriting.countDown();
                    await(mayEnd);
                    return write(batch);
                },
                10);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> commits.commit(0));
            isWriting.await();
            var others = waiting(commits, threads, 5);
            mayEnd.countDown();
            first.get();
            for (var other : others) {
                other.get();
            }
        }

        assertThat(written).hasSize(2);
    }

    @Test
    void aHeavyEntryEndsItsBatch() throws Exception {
        var commits = new GroupCommit<Integer, String>(this::write, 100, weight -> weight, 50, Duration.ZERO);

        atOnce(200, commits::commit);

        assertThat(written)
                .allSatisfy(batch -> assertThat(batch.stream()
                                .mapToInt(Integer::intValue)
                                .limit(batch.size() - 1L)
                                .sum())
                        .isLessThan(50));
    }

    @Test
    void inAStreamBatchesBeginNoCloserThanTheyGather() throws Exception {
        var gathering = Duration.ofMillis(20);
        var times = new CopyOnWriteArrayList<Long>();
        var commits = new GroupCommit<Integer, String>(
                batch -> {
                    times.add(System.nanoTime());
                    return write(batch);
                },
                50,
                entry -> 0,
                0,
                gathering);

        var begun = System.nanoTime();
        var answers = atOnce(200, commits::commit);

        assertThat(answers).hasSize(200);
        // Each is written some time after it began: only what came before all of them is a sure measure.
        for (var batch = 1; batch < times.size(); batch++) {
            assertThat(times.get(batch) - begun).isGreaterThanOrEqualTo(batch * gathering.toNanos());
        }
    }

    @Test
    void aFailureIsEverybodysOfTheBatchAndNobodyElses() {
        var commits = new GroupCommit<Integer, String>(
                batch -> {
                    if (batch.contains(13)) {
                        throw new IllegalStateException("no");
                    }
                    return write(batch);
                },
                10);

        assertThatThrownBy(() -> commits.commit(13)).hasMessage("no");
        assertThat(commits.commit(14)).isEqualTo("14 is there");
    }

    private List<String> write(List<Integer> batch) {
        written.add(batch);
        return batch.stream().map("%d is there"::formatted).toList();
    }

    /** Threads that wait for their turn, as they do while somebody writes. */
    private static List<Future<String>> waiting(
            GroupCommit<Integer, String> commits, ExecutorService threads, int number) throws Exception {
        var asked = new ArrayList<Future<String>>();
        var parked = new ArrayList<Thread>();
        for (var i = 1; i <= number; i++) {
            var entry = i;
            var known = new CountDownLatch(1);
            asked.add(threads.submit(() -> {
                parked.add(Thread.currentThread());
                known.countDown();
                return commits.commit(entry);
            }));
            known.await();
        }
        while (parked.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        return asked;
    }

    private interface Commit {
        String of(int entry);
    }

    private static List<String> atOnce(int number, Commit commit) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = IntStream.range(0, number)
                    .mapToObj(entry -> (Callable<String>) () -> commit.of(entry))
                    .toList();
            var answers = new ArrayList<String>();
            for (var answer : threads.invokeAll(tasks)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
