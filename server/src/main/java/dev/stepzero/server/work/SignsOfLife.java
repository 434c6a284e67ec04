package dev.stepzero.server.work;

import dev.stepzero.server.Server;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.ship.queue.QueueSettings;
import dev.stepzero.ship.queue.Servers;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Says now and then that this server lives, so that people see all that share its database. */
@Component
final class SignsOfLife implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);

    private final Servers servers;
    private final Servers.Told told;
    private @Nullable ScheduledExecutorService ticks;

    SignsOfLife(Servers servers, QueueSettings queue, ServerSettings settings) {
        this.servers = servers;
        var version = Objects.requireNonNullElse(Server.class.getPackage().getImplementationVersion(), "");
        var address = settings.address(settings.listen().port()).toString();
        this.told = new Servers.Told(queue.server(), version, address, queue.most());
    }

    @Override
    public synchronized void start() {
        var beginning = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("signs-of-life").daemon().factory());
        var _ = beginning.scheduleWithFixedDelay(this::tell, 0, Servers.HEARTBEAT.toSeconds(), TimeUnit.SECONDS);
        ticks = beginning;
    }

    private void tell() {
        try {
            servers.seen(told);
        } catch (RuntimeException e) {
            LOG.warn("this server could not say that it lives", e);
        }
    }

    @Override
    public synchronized void stop() {
        var running = ticks;
        if (running != null) {
            running.shutdownNow();
            ticks = null;
            try {
                servers.left(told.name());
            } catch (RuntimeException e) {
                LOG.debug("this server could not say that it ends", e);
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return ticks != null;
    }
}
