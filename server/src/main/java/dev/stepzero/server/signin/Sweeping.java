package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.guard.identity.Throttle;
import dev.stepzero.guard.machines.MachineTrusts;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** Deletes every hour what has ended by itself: sessions, tokens, counts of failures, and numbers of tokens that were exchanged. */
@Component
class Sweeping implements InitializingBean, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeping.class);
    private static final long MINUTES = 60;

    private final List<Runnable> sweeps;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sweeping").factory());

    Sweeping(Sessions sessions, ApiTokens tokens, Throttle throttle, MachineTrusts machines) {
        sweeps = List.of(sessions::sweep, tokens::sweep, throttle::sweep, machines::sweep);
    }

    @Override
    public void afterPropertiesSet() {
        var _ = timer.scheduleWithFixedDelay(this::sweep, MINUTES, MINUTES, TimeUnit.MINUTES);
    }

    private void sweep() {
        try {
            sweeps.forEach(Runnable::run);
        } catch (RuntimeException e) {
            LOG.warn("nothing was swept; it is tried again in an hour", e);
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
