package dev.stepzero.server.hooks;

import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.inbox.Refusals;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Writes refusals down beside the answer, so that neither their time nor a flood of them is felt by anybody. */
@Component
class RefusalLog implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int MOST_WAITING = 1000;

    private final Refusals refusals;
    private final AtomicLong dropped = new AtomicLong();
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofVirtual().name("refusals").factory(),
            (task, pool) -> dropped.incrementAndGet());

    RefusalLog(Refusals refusals) {
        this.refusals = refusals;
    }

    /**
     * Records a refusal soon.
     *
     * @param project empty if there is none of that name: names that somebody made up are not kept
     */
    void add(String project, Optional<Forge> forge, InetAddress source, String reason) {
        writer.execute(() -> write(project, forge.orElse(Forge.STEPZERO), source, reason));
    }

    private void write(String project, Forge forge, InetAddress source, String reason) {
        var lost = dropped.getAndSet(0);
        if (lost > 0) {
            LOG.warn("{} refused deliveries came too fast to be written down", lost);
        }
        try {
            refusals.refused(project, forge, source, reason);
        } catch (RuntimeException e) {
            LOG.warn("a refused delivery is not written down", e);
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        writer.shutdown();
        if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
            LOG.warn("refused deliveries are not written down: the database does not answer");
        }
    }
}
