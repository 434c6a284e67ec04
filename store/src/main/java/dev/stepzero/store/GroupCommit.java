package dev.stepzero.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share one commit. One of them writes what all have queued meanwhile, tells each its answer, and wakes
 * the first that came since to write the next batch. Nobody takes turns only to learn that they are done: those who do
 * would keep the queue short, and every commit small. There is no thread of our own, and alone, a caller commits at once.
 *
 * @param <T> what is written
 * @param <R> what became of it
 */
public final class GroupCommit<T, R> {

    /** Writes a batch in one commit. */
    @FunctionalInterface
    public interface Writer<T, R> {
        /** Answers what became of each, in the same order; if it throws, nothing of the batch was written. */
        List<R> write(List<T> batch);
    }

    private final Writer<T, R> writer;
    private final int most;
    private final ToLongFunction<T> weight;
    private final long heaviest;
    private final long gatheringNanos;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final ConcurrentLinkedQueue<Ticket<T, R>> queue = new ConcurrentLinkedQueue<>();

    /** When the last batch began, for whoever writes. */
    private long begun;

    /** Batches of so many at most. */
    public GroupCommit(Writer<T, R> writer, int most) {
        this(writer, most, entry -> 0, 0, Duration.ZERO);
    }

    /**
     * The same, bounded by weight as well, and for entries that come in streams.
     *
     * @param heaviest a batch that weighs so much takes nothing more
     * @param gathering a batch begins so long after the one before it at the soonest, so that fewer and larger ones are
     *     written
     */
    public GroupCommit(Writer<T, R> writer, int most, ToLongFunction<T> weight, long heaviest, Duration gathering) {
        this.writer = writer;
        this.most = most;
        this.weight = weight;
        this.heaviest = heaviest;
        gatheringNanos = gathering.toNanos();
        begun = System.nanoTime() - gatheringNanos;
    }

    /** An entry whose thread waits; what became of it is read once it is done. */
    private static final class Ticket<T, R> {
        private final T entry;
        private final Thread waiting = Thread.currentThread();
        private @Nullable R result;
        private @Nullable RuntimeException failure;
        private volatile boolean done;

        private Ticket(T entry) {
            this.entry = entry;
        }

        private void finish() {
            done = true;
            LockSupport.unpark(waiting);
        }

        private R answer() {
            if (failure != null) {
                throw failure;
            }
            if (result == null) {
                throw new IllegalStateException("the writer said nothing of it");
            }
            return result;
        }
    }

    /** Comes back when the entry is committed. @throws RuntimeException what the writer threw for its batch */
    public R commit(T entry) {
        var ticket = new Ticket<T, R>(entry);
        queue.add(ticket);
        boolean interrupted = false;
        while (!ticket.done) {
            if (writing.compareAndSet(false, true)) {
                writeNext(ticket);
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ticket.answer();
    }

    /** Whoever queues after the look at the end finds nobody writing, and writes. */
    private void writeNext(Ticket<T, R> own) {
        try {
            if (!own.done) {
                gather();
                write(batch());
            }
        } finally {
            writing.set(false);
            var next = queue.peek();
            if (next != null) {
                LockSupport.unpark(next.waiting);
            }
        }
    }

    /** Whoever is interrupted does not wait. */
    private void gather() {
        var rest = begun + gatheringNanos - System.nanoTime();
        while (rest > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, rest);
            rest = begun + gatheringNanos - System.nanoTime();
        }
        begun = System.nanoTime();
    }

    private List<Ticket<T, R>> batch() {
        var batch = new ArrayList<Ticket<T, R>>();
        var heavy = 0L;
        for (var next = queue.poll(); next != null; next = isFull(batch.size(), heavy) ? null : queue.poll()) {
            batch.add(next);
            heavy += weight.applyAsLong(next.entry);
        }
        return batch;
    }

    private boolean isFull(int count, long heavy) {
        return count >= most || (heaviest > 0 && heavy >= heaviest);
    }

    private void write(List<Ticket<T, R>> batch) {
        try {
            var results =
                    writer.write(batch.stream().map(ticket -> ticket.entry).toList());
            for (var i = 0; i < batch.size(); i++) {
                batch.get(i).result = results.get(i);
            }
        } catch (RuntimeException e) {
            batch.forEach(ticket -> ticket.failure = e);
        } catch (Error e) {
            // Nobody is left waiting for an answer that will not come.
            batch.forEach(ticket -> ticket.failure = new IllegalStateException(e));
            throw e;
        } finally {
            batch.forEach(Ticket::finish);
        }
    }
}
