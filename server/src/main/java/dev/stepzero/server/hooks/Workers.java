package dev.stepzero.server.hooks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Threads that work while the server runs: at once when they are told of something, and every other second on what
 * another server or a process that was killed left behind.
 */
class Workers implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final int REST_SECONDS = 2;
    private static final int FAREWELL_SECONDS = 10;

    private final String name;
    private final int count;
    private final InboxWork work;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean running;
    private final List<Thread> threads = new ArrayList<>();
    private CountDownLatch ended = new CountDownLatch(0);

    Workers(String name, int count, InboxWork work) {
        this.name = name;
        this.count = count;
        this.work = work;
    }

    /** Says that something was stored. */
    void nudge() {
        if (news.availablePermits() < count) {
            news.release();
        }
    }

    @Override
    public void start() {
        running = true;
        ended = new CountDownLatch(count);
        threads.clear();
        for (var i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().name(name + "-" + i).start(this::run));
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
            LOG.error("work on one of the {} failed", name, e);
            return false;
        }
    }

    @Override
    public void stop() {
        running = false;
        news.release(count);
        try {
            if (ended.await(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
            threads.forEach(Thread::interrupt);
            if (!ended.await(1, TimeUnit.SECONDS)) {
                LOG.warn("one of the {} is still being worked on; whoever starts next takes it over", name);
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
