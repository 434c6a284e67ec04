package dev.stepzero.invoicer.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes a connection on which no whole request head has arrived for some time. The server's idle timeout starts anew
 * with every byte, so that a caller who sends one byte now and then would hold a connection for ever (slowloris).
 */
final class Patience implements Connection.Listener {
    private static final Duration STEP = Duration.ofMillis(500);

    private final Duration limit;
    private final Scheduler scheduler;
    private final Map<Connection, Long> waitingSince = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    Patience(Duration limit, Scheduler scheduler) {
        this.limit = limit;
        this.scheduler = scheduler;
    }

    void start() {
        scheduler.schedule(this::watch, STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void watch() {
        sweep(limit);
        start();
    }

    @Override
    public void onOpened(Connection connection) {
        waiting(connection);
    }

    @Override
    public void onClosed(Connection connection) {
        waitingSince.remove(connection);
    }

    /** A request of this connection is being answered. */
    void working(Connection connection) {
        waitingSince.remove(connection);
    }

    /** The connection has nothing to do but to bring the next request. */
    void waiting(Connection connection) {
        if (connection.getEndPoint().isOpen()) {
            waitingSince.put(connection, System.nanoTime());
            if (stopping) {
                sweep(Duration.ZERO);
            }
        }
    }

    /** From here on a connection ends with its request. */
    void stop() {
        stopping = true;
        sweep(Duration.ZERO);
    }

    private void sweep(Duration allowed) {
        var now = System.nanoTime();
        waitingSince.forEach((connection, since) -> {
            if (now - since >= allowed.toNanos() && waitingSince.remove(connection, since)) {
                connection.close();
            }
        });
    }
}
