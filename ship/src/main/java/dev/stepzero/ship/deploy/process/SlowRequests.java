package dev.stepzero.ship.deploy.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;

/**
 * Closes connections that have been sending the head of a request for too long. The server's idle time-out begins anew
 * with every byte, so that a client who sends one now and then would otherwise hold a connection for ever.
 */
final class SlowRequests implements Connection.Listener {
    private static final long MOST_NANOSECONDS = 20_000_000_000L;

    private record Head(long requestsBefore, long since) {}

    private final Map<Connection, Head> connections = new ConcurrentHashMap<>();

    @Override
    public void onOpened(Connection connection) {
        connections.put(connection, new Head(0, System.nanoTime()));
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    /** Looks at all connections; to be called every few seconds. */
    void closeThem() {
        var now = System.nanoTime();
        connections.forEach((connection, head) -> {
            var answersOne = connection.getMessagesIn() > connection.getMessagesOut();
            if (answersOne || connection.getMessagesIn() != head.requestsBefore()) {
                connections.replace(connection, head, new Head(connection.getMessagesIn(), now));
            } else if (now - head.since() > MOST_NANOSECONDS) {
                connection.getEndPoint().close();
            }
        });
    }
}
