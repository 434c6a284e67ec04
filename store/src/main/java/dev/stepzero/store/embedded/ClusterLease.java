package dev.stepzero.store.embedded;

import dev.stepzero.core.UserError;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * The right to use a cluster. It is a session of the server's, which ends with this process however that dies: so the
 * one who closes the last lease can tell that it is the last. Close pools and connections first.
 */
public final class ClusterLease implements AutoCloseable {
    private static final String NAME = "stepzero lease";
    private static final String OTHERS = """
            SELECT count(*) FILTER (WHERE application_name = ?), count(*)
            FROM pg_stat_activity
            WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()""";

    // Sessions that were just closed are listed until their server process has ended.
    private static final Duration LINGERING = Duration.ofMillis(500);

    private final PostgresCluster cluster;
    private final Server server;
    private final Connection session;
    private boolean closed;

    private ClusterLease(PostgresCluster cluster, Server server, Connection session) {
        this.cluster = cluster;
        this.server = server;
        this.session = session;
    }

    static ClusterLease begin(PostgresCluster cluster, Server server) {
        var coordinates = server.superuser("postgres");
        var properties = new Properties();
        properties.setProperty("user", coordinates.user());
        properties.setProperty("password", coordinates.password());
        properties.setProperty("ApplicationName", NAME);
        properties.setProperty("tcpKeepAlive", "true");
        try {
            return new ClusterLease(cluster, server, DriverManager.getConnection(coordinates.url(), properties));
        } catch (SQLException e) {
            throw UserError.engine("the embedded PostgreSQL does not answer: " + e.getMessage())
                    .at(coordinates.url())
                    .fix("see the server's log beside its data")
                    .because(e);
        }
    }

    public Server server() {
        return server;
    }

    /** Ends this session and says whether there is no other; a server that is gone has none. */
    boolean wasTheLast() throws InterruptedException {
        try (session) {
            var deadline = System.nanoTime() + LINGERING.toNanos();
            while (true) {
                var others = others();
                if (others.sessions() == 0) {
                    return true;
                }
                if (others.leases() > 0 || System.nanoTime() > deadline) {
                    giveUpName();
                    return false;
                }
                Thread.sleep(5);
            }
        } catch (SQLException e) {
            return false;
        }
    }

    /** Lets the next one who closes see at once that this is no lease any more, however long the session lingers. */
    private void giveUpName() throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute("SET application_name = ''");
        }
    }

    private record Others(int leases, int sessions) {}

    private Others others() throws SQLException {
        try (var statement = session.prepareStatement(OTHERS)) {
            statement.setString(1, NAME);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new Others(rows.getInt(1), rows.getInt(2));
            }
        }
    }

    /** Stops the server when nobody else uses it and it is not a standing one. Closing again does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            cluster.release(this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
