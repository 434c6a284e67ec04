package dev.stepzero.ship.deploy.process;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Closes connections that have been sending the head of a request for too long. The server's idle time-out begins anew
 * with every byte, so that a client who sends one now and then would otherwise hold a connection for ever.
 */
final class SlowRequests implements Connection.Listener, HttpConfiguration.Customizer {
    private final Map<Connection, Silence> between = new ConcurrentHashMap<>();
    private final Duration patience;

    SlowRequests(Duration patience) {
        this.patience = patience;
    }

    /** A connection between two requests: how many bytes had come when it was last seen silent, and when. */
    private record Silence(long bytes, long since) {
        static Silence of(Connection connection) {
            return new Silence(connection.getBytesIn(), System.nanoTime());
        }
    }

    @Override
    public void onOpened(Connection connection) {
        between.put(connection, Silence.of(connection));
    }

    @Override
    public void onClosed(Connection connection) {
        between.remove(connection);
    }

    /** Called when a head is complete. */
    @Override
    public Request customize(Request request, HttpFields.Mutable headers) {
        var connection = request.getConnectionMetaData().getConnection();
        between.remove(connection);
        Request.addCompletionListener(request, failure -> {
            if (connection.getEndPoint().isOpen()) {
                onOpened(connection);
            }
        });
        return request;
    }

    /** Looks at all connections; to be called every few seconds. */
    void closeThem() {
        between.forEach((connection, silence) -> {
            // Read once: bytes that come between two looks would be taken for those of the silence.
            var now = Silence.of(connection);
            if (now.bytes() == silence.bytes()) {
                between.replace(connection, silence, now);
            } else if (now.since() - silence.since() > patience.toNanos()) {
                connection.getEndPoint().close();
            }
        });
    }
}
