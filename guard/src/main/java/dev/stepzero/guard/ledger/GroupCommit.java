package dev.stepzero.guard.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share one commit. One of them writes what all have queued meanwhile, tells each its answer, and wakes
 * the first that came since to write the next batch. Nobody takes turns only to learn that they are done: those who do
 * would keep the queue short, and every commit small. There is no thread of our own and no delay: alone, a caller commits
 * at once.
 */
final class GroupCommit {

    /** Writes a batch and answers the number of its first entry; the rest follow without a gap. */
    interface Writer {
        long write(List<Entry> batch);
    }

    private final Writer writer;
    private final int most;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final ConcurrentLinkedQueue<Ticket> queue = new ConcurrentLinkedQueue<>();

    GroupCommit(Writer writer, int most) {
        this.writer = writer;
        this.most = most;
    }

    /** An entry whose thread waits; what became of it is read once it is done. */
    private static final class Ticket {
        private final Entry entry;
        private final Thread waiting = Thread.currentThread();
        private long number = -1;
        private @Nullable RuntimeException failure;
        private volatile boolean done;

        private Ticket(Entry entry) {
            this.entry = entry;
        }

        private void finish() {
            done = true;
            LockSupport.unpark(waiting);
        }

        private long answer() {
            if (failure != null) {
                throw failure;
            }
            return number;
        }
    }

    /** Waits even where it is interrupted: an entry that may have been written is not to be left behind. */
    long append(Entry entry) {
        var ticket = new Ticket(entry);
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
    private void writeNext(Ticket own) {
        try {
            if (!own.done) {
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

    private List<Ticket> batch() {
        var batch = new ArrayList<Ticket>();
        for (var next = queue.poll(); next != null; next = batch.size() < most ? queue.poll() : null) {
            batch.add(next);
        }
        return batch;
    }

    private void write(List<Ticket> batch) {
        try {
            var number = writer.write(batch.stream().map(ticket -> ticket.entry).toList());
            for (var ticket : batch) {
                ticket.number = number++;
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
