package dev.stepzero.store.embedded;

import dev.stepzero.core.UserError;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a cluster. It is a session of the server's, which ends with this process however that dies: so the
 * one who closes the last lease can tell that it is the last. Close pools and connections first.
 */
public final class ClusterLease implements AutoCloseable {
    // With the number of the process that holds it, so that a lease whose process was killed is known as such.
    private static final String NAME = "stepzero lease ";
    private static final String OTHERS = """
            SELECT application_name FROM pg_stat_activity
            WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()""";

    // Sessions that were just closed are listed until their server process has ended.
    private static final Duration LINGERING = Duration.ofMillis(500);

    private static final int ANSWER_SECONDS = 10;

    private final PostgresCluster cluster;
    private final Server server;
    private volatile Connection session;
    private @Nullable Revival revival;
    private boolean closed;

    private ClusterLease(PostgresCluster cluster, Server server, Connection session) {
        this.cluster = cluster;
        this.server = server;
        this.session = session;
    }

    static ClusterLease begin(PostgresCluster cluster, Server server) {
        return new ClusterLease(cluster, server, session(server));
    }

    private static Connection session(Server server) {
        var coordinates = server.superuser("postgres");
        var properties = new Properties();
        properties.setProperty("user", coordinates.user());
        properties.setProperty("password", coordinates.password());
        properties.setProperty("ApplicationName", NAME + ProcessHandle.current().pid());
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("loginTimeout", Integer.toString(ANSWER_SECONDS));
        try {
            return DriverManager.getConnection(coordinates.url(), properties);
        } catch (SQLException e) {
            throw UserError.engine("the embedded PostgreSQL does not answer: " + e.getMessage())
                    .at(coordinates.url())
                    .fix("see the server's log beside its data")
                    .because(e);
        }
    }

    /**
     * Starts the server again on the same port whenever it is gone before the lease is closed, and says so in the log. For
     * programs that live long; a command had better fail and be given again.
     */
    public void keepRunning() {
        if (revival == null && !closed) {
            revival = Revival.of(this);
        }
    }

    /** Whether the session that the lease consists of still answers. */
    boolean isHeld() {
        try {
            return session.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * Begins anew after the session was lost.
     *
     * @throws UserError if the server cannot be started where it was
     */
    void renew() throws InterruptedException {
        var lost = session;
        session = cluster.again(server, ClusterLease::session);
        try {
            lost.close();
        } catch (SQLException e) {
            // It is gone in any case.
        }
    }

    public Server server() {
        return server;
    }

    /** Ends this session and says whether there is no other; a server that is gone has none. */
    boolean wasTheLast() throws InterruptedException {
        try (var _ = session) {
            var deadline = System.nanoTime() + LINGERING.toNanos();
            while (true) {
                var others = others();
                if (others.isEmpty()) {
                    return true;
                }
                if (others.stream().anyMatch(ClusterLease::isHeldLease) || System.nanoTime() > deadline) {
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

    private List<String> others() throws SQLException {
        try (var statement = session.prepareStatement(OTHERS);
                var rows = statement.executeQuery()) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(Objects.requireNonNullElse(rows.getString(1), ""));
            }
            return names;
        }
    }

    /** Where its process cannot be seen it may be in another container: then the time decides. */
    private static boolean isHeldLease(String name) {
        return name.matches(NAME + "[0-9]{1,9}")
                && ProcessHandle.of(Long.parseLong(name.substring(NAME.length())))
                        .isPresent();
    }

    /** Stops the server when nobody else uses it and it is not a standing one. Closing again does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (revival != null) {
                revival.close();
            }
            cluster.release(this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
