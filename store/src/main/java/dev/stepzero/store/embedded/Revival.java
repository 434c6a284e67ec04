package dev.stepzero.store.embedded;

import dev.stepzero.core.UserError;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a server that died, or that somebody stopped, again as long as a lease on it lasts. It looks each second, and
 * waits longer after each attempt that failed, as on a full disk.
 */
final class Revival implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Revival.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ClusterLease lease;
    private final Thread thread;

    private Revival(ClusterLease lease) {
        this.lease = lease;
        this.thread = Thread.ofPlatform().daemon().name("database-revival").unstarted(this::watch);
    }

    static Revival of(ClusterLease lease) {
        var revival = new Revival(lease);
        revival.thread.start();
        return revival;
    }

    private void watch() {
        try {
            var pause = BETWEEN_LOOKS;
            while (true) {
                Thread.sleep(pause);
                pause = lease.isHeld() || revive() ? BETWEEN_LOOKS : longer(pause);
            }
        } catch (InterruptedException e) {
            // The lease is being closed.
        }
    }

    private boolean revive() throws InterruptedException {
        LOG.warn("the embedded PostgreSQL is gone: it is started again");
        var began = System.nanoTime();
        try {
            lease.renew();
            LOG.warn("the embedded PostgreSQL answers again after {} ms", (System.nanoTime() - began) / 1_000_000);
            return true;
        } catch (UserError e) {
            LOG.error(
                    "the embedded PostgreSQL could not be started again at {}: {}; {}",
                    e.where().orElse("its place"),
                    e.what(),
                    e.fix().orElse("it is tried again"));
        } catch (RuntimeException e) {
            LOG.error("the embedded PostgreSQL could not be started again", e);
        }
        return false;
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Waits until an attempt under way has ended, so that nothing is started after this. */
    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
