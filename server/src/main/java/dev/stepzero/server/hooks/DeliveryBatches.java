package dev.stepzero.server.hooks;

import dev.stepzero.ship.forge.inbox.Deliveries;
import dev.stepzero.ship.forge.inbox.Incoming;
import dev.stepzero.ship.forge.inbox.Stored;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets deliveries that come at the same time share one statement and one commit, and no flood of them take more than one
 * of the database's connections. Alone, a delivery is stored at once.
 */
@Component
class DeliveryBatches {
    private static final int MOST = 256;
    private static final long MOST_BYTES = 32L << 20;

    private final Deliveries deliveries;
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentLinkedQueue<Ticket> queue = new ConcurrentLinkedQueue<>();

    DeliveryBatches(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** A delivery that waits; the lock guards what becomes of it. */
    private static final class Ticket {
        private final Incoming incoming;
        private @Nullable Stored stored;
        private @Nullable RuntimeException failure;

        private Ticket(Incoming incoming) {
            this.incoming = incoming;
        }
    }

    /** Comes back when the delivery is on disk. */
    Stored store(Incoming incoming) {
        var ticket = new Ticket(incoming);
        queue.add(ticket);
        lock.lock();
        try {
            while (ticket.stored == null && ticket.failure == null) {
                storeNext();
            }
        } finally {
            lock.unlock();
        }
        if (ticket.stored == null) {
            throw Objects.requireNonNull(ticket.failure);
        }
        return ticket.stored;
    }

    private void storeNext() {
        var batch = new ArrayList<Ticket>();
        var bytes = 0L;
        for (var next = queue.poll(); next != null; next = full(batch.size(), bytes) ? null : queue.poll()) {
            batch.add(next);
            bytes += next.incoming.json().length;
        }
        try {
            var stored = deliveries.store(
                    batch.stream().map(ticket -> ticket.incoming).toList());
            for (var i = 0; i < batch.size(); i++) {
                batch.get(i).stored = stored.get(i);
            }
        } catch (RuntimeException e) {
            batch.forEach(ticket -> ticket.failure = e);
        }
    }

    private static boolean full(int count, long bytes) {
        return count >= MOST || bytes >= MOST_BYTES;
    }
}
