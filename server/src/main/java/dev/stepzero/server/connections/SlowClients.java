package dev.stepzero.server.connections;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Looks each second for clients that hold connections by being slow. */
@Component
public final class SlowClients implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);

    private final Slowness slowness = new Slowness(System::nanoTime);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("slow-clients").factory());

    /** Begins to look after the connections of a connector. */
    public void watch(Http http) {
        var _ = timer.scheduleWithFixedDelay(() -> sweep(http), 1, 1, TimeUnit.SECONDS);
    }

    private void sweep(Http http) {
        try {
            http.sweep(slowness);
        } catch (RuntimeException e) {
            LOG.warn("slow connections were not looked for; it is tried again in a second", e);
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
