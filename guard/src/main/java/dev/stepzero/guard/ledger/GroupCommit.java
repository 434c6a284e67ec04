package dev.stepzero.guard.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share one commit. Whoever gets the lock writes what all have queued meanwhile; the others find their
 * answer when their turn comes. There is no thread of our own and no delay: alone, a caller commits at once.
 */
final class GroupCommit {

    /** Writes a batch and answers the number of its first entry; the rest follow without a gap. */
    interface Writer {
        long write(List<Entry> batch);
    }

    private final Writer writer;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentLinkedQueue<Ticket> queue = new ConcurrentLinkedQueue<>();

    GroupCommit(Writer writer, int most) {
        this.writer = writer;
        this.most = most;
    }

    /** An entry that waits; the lock guards what becomes of it. */
    private static final class Ticket {
        private final Entry entry;
        private long number = -1;
        private @Nullable RuntimeException failure;

        private Ticket(Entry entry) {
            this.entry = entry;
        }

        private boolean isDone() {
            return number >= 0 || failure != null;
        }
    }

    /** Waits even where it is interrupted: an entry that may have been written is not to be left behind. */
    long append(Entry entry) {
        var ticket = new Ticket(entry);
        queue.add(ticket);
        lock.lock();
        try {
            while (!ticket.isDone()) {
                writeNext();
            }
        } finally {
            lock.unlock();
        }
        if (ticket.failure != null) {
            throw ticket.failure;
        }
        return ticket.number;
    }

    private void writeNext() {
        var batch = new ArrayList<Ticket>();
        for (var next = queue.poll(); next != null; next = batch.size() < most ? queue.poll() : null) {
            batch.add(next);
        }
        try {
            var number = writer.write(batch.stream().map(ticket -> ticket.entry).toList());
            for (var ticket : batch) {
                ticket.number = number++;
            }
        } catch (RuntimeException e) {
            batch.forEach(ticket -> ticket.failure = e);
        }
    }
}
