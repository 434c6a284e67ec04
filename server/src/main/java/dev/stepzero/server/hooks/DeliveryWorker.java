package dev.stepzero.server.hooks;

import dev.stepzero.ship.forge.inbox.DeliveryWork;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Works on stored deliveries: one thread makes the rounds, and each project that has any gets one for as long. A delivery
 * that comes alone is taken at once; while more come, those of some milliseconds are taken together.
 */
@Component
class DeliveryWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final int GATHERING_MILLISECONDS = 50;
    private static final int FAREWELL_SECONDS = 10;

    private final DeliveryWork work;
    private final Workers rounds;
    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    DeliveryWorker(DeliveryWork work) {
        this.work = work;
        this.rounds = new Workers("deliveries", 1, this::round);
    }

    /** Says that something was stored. */
    void nudge() {
        rounds.nudge();
    }

    private boolean round() throws InterruptedException {
        var busy = work.once(this::execute);
        if (busy) {
            Thread.sleep(GATHERING_MILLISECONDS);
        }
        return busy;
    }

    private void execute(Runnable task) {
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                nudge();
            }
        });
    }

    @Override
    public synchronized void start() {
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("delivery-", 0).factory());
        rounds.start();
    }

    /** Lets what was begun come to its end for a while, and gives the rest back. */
    @Override
    public synchronized void stop() {
        rounds.stop();
        release();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
                if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
                    LOG.warn("a delivery is still being worked on; whoever is there in a minute takes it over");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        release();
    }

    private void release() {
        try {
            work.release();
        } catch (RuntimeException e) {
            LOG.warn("deliveries are not given back; whoever is there in a minute takes them over", e);
        }
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }
}
