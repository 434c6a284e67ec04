package dev.stepzero.invoicer.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.stepzero.invoicer.http.Refusal;
import dev.stepzero.invoicer.settings.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** The pool of connections. Safe for use by many threads. */
public final class Database implements AutoCloseable {
    private static final int LARGEST_POOL = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final HikariDataSource pool;

    private Database(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Work that needs a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Waits for the server for up to a minute. */
    public static Database open(PostgresSettings settings) {
        var source = Connections.hurried(settings);
        Connections.await(source, settings, PATIENCE);
        var pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setPoolName("invoicer");
        pool.setMaximumPoolSize(LARGEST_POOL);
        pool.setMinimumIdle(1);
        pool.setAutoCommit(false);
        pool.setConnectionTimeout(LONGEST_WAIT.toMillis());
        pool.setValidationTimeout(Duration.ofSeconds(1).toMillis());
        return new Database(new HikariDataSource(pool));
    }

    /**
     * Runs the work in one transaction, which is rolled back when the work throws.
     *
     * @throws Refusal 503 when the database is away, 400 when it refuses a value
     */
    public <T> T transaction(Work<T> work) {
        try (var connection = connection()) {
            var result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            var state = SqlState.of(e);
            if (state.away()) {
                throw away();
            }
            if (state.valueRefused()) {
                throw Refusal.badRequest("the database refuses one of the values");
            }
            throw new IllegalStateException("SQL state " + state.code(), e);
        }
    }

    /** Whatever the reason, the caller can only come back later; the pool's own log tells the operator. */
    private Connection connection() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw away();
        }
    }

    private static Refusal away() {
        return new Refusal(503, "the database does not answer");
    }

    @Override
    public void close() {
        pool.close();
    }
}
