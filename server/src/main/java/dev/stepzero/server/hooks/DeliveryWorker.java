package dev.stepzero.server.hooks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Works on stored deliveries while the server runs: at once when one comes, and every other second on what another
 * server or a process that was killed left behind.
 */
@Component
class DeliveryWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final int WORKERS = 8;
    private static final int REST_SECONDS = 2;
    private static final int FAREWELL_SECONDS = 10;

    private final InboxWork work;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean running;
    private final List<Thread> threads = new ArrayList<>();
    private CountDownLatch ended = new CountDownLatch(0);

    DeliveryWorker(InboxWork work) {
        this.work = work;
    }

    /** Says that something was stored. */
    void nudge() {
        if (news.availablePermits() < WORKERS) {
            news.release();
        }
    }

    @Override
    public void start() {
        running = true;
        ended = new CountDownLatch(WORKERS);
        threads.clear();
        for (var i = 0; i < WORKERS; i++) {
            threads.add(Thread.ofVirtual().name("deliveries-" + i).start(this::run));
        }
    }

    private void run() {
        try {
            while (running) {
                if (!once()) {
                    var _ = news.tryAcquire(REST_SECONDS, TimeUnit.SECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private boolean once() throws InterruptedException {
        try {
            return work.once();
        } catch (RuntimeException e) {
            LOG.error("work on a delivery failed", e);
            return false;
        }
    }

    @Override
    public void stop() {
        running = false;
        news.release(WORKERS);
        try {
            if (ended.await(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
            threads.forEach(Thread::interrupt);
            if (!ended.await(1, TimeUnit.SECONDS)) {
                LOG.warn("a delivery is still being worked on; whoever starts next takes it over");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
