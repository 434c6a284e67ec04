package dev.stepzero.ship.live;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one reader has not yet taken. The same change waits once, however often it is told; what does not fit becomes one
 * {@link Change.Everything}, so that a slow reader costs a bounded amount of memory and keeps nobody waiting. A reader
 * that takes nothing for minutes is dropped.
 */
public final class Subscription implements AutoCloseable {
    private static final int MOST = 256;
    private static final long PATIENCE = Duration.ofMinutes(2).toNanos();

    private final Optional<Long> run;
    private final Watch watch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Set<Change> waiting = new LinkedHashSet<>();
    private long untakenSince;
    private boolean closed;

    Subscription(Optional<Long> run, Watch watch) {
        this.run = run;
        this.watch = watch;
    }

    Optional<Long> run() {
        return run;
    }

    /** Takes a change in, and answers whether the reader is still there. */
    boolean tell(Change change) {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                untakenSince = System.nanoTime();
            } else if (System.nanoTime() - untakenSince > PATIENCE) {
                closed = true;
            }
            if (waiting.size() >= MOST) {
                waiting.clear();
                waiting.add(new Change.Everything());
            } else if (!waiting.contains(new Change.Everything())) {
                waiting.add(change);
            }
            told.signalAll();
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for changes.
     *
     * @return what changed since the last call, each once; empty if nothing did in the given time
     */
    public List<Change> next(Duration most) throws InterruptedException {
        var end = System.nanoTime() + most.toNanos();
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                var left = end - System.nanoTime();
                if (left <= 0) {
                    return List.of();
                }
                told.await(left, TimeUnit.NANOSECONDS);
            }
            var changes = List.copyOf(waiting);
            waiting.clear();
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing will come any more: it was closed, or dropped since nothing was taken. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        watch.forget(this);
        lock.lock();
        try {
            closed = true;
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
