package dev.stepzero.server.work;

import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.ship.queue.RunQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Begins to work once the server is whole, and ends before the web server does: runs under way go on elsewhere, or here
 * after the next start. Entries of the ledger that were written
 * down in transactions of others get their numbers from here, and each minute a checkpoint.
 */
@Component
final class Work implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);
    private static final long BETWEEN_ENTRIES = 300;
    private static final long BETWEEN_CHECKPOINTS = 60_000;

    private final RunQueue queue;
    private final InstalledLedger ledger;
    private @Nullable ScheduledExecutorService ticks;

    Work(RunQueue queue, InstalledLedger ledger) {
        this.queue = queue;
        this.ledger = ledger;
    }

    @Override
    public synchronized void start() {
        queue.start();
        var beginning = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("ledger-entries").daemon().factory());
        var _ = beginning.scheduleWithFixedDelay(
                () -> attempt(ledger.ledger()::settle), BETWEEN_ENTRIES, BETWEEN_ENTRIES, TimeUnit.MILLISECONDS);
        var _ = beginning.scheduleWithFixedDelay(
                () -> attempt(ledger.ledger()::sign), BETWEEN_CHECKPOINTS, BETWEEN_CHECKPOINTS, TimeUnit.MILLISECONDS);
        ticks = beginning;
    }

    /** A database that is away for a while is no reason to stop for ever. */
    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("the ledger could not number or sign its entries yet", e);
        }
    }

    @Override
    public synchronized void stop() {
        var running = ticks;
        if (running != null) {
            running.shutdown();
            queue.close();
            ticks = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return ticks != null;
    }
}
