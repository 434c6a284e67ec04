package dev.stepzero.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.stepzero.core.UserError;
import dev.stepzero.store.embedded.ClusterLease;
import dev.stepzero.store.embedded.PostgresCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Stepzero's own database with the tables that this program knows: the one that {@code STEPZERO_DATABASE_URL},
 * {@code _USER} and {@code _PASSWORD_FILE} (or {@code _PASSWORD}) name, or else an embedded one under the home
 * directory, which several programs share. Every feature brings its tables as {@code db/migration/V<number>__<what>.sql}
 * on the class path.
 *
 * <p>We work in it as a role that owns nothing and may not change the shape of a table. The owner, in a database that
 * stands elsewhere {@code STEPZERO_DATABASE_OWNER} with {@code STEPZERO_DATABASE_OWNER_PASSWORD_FILE}, signs in only
 * while tables are brought up to date. Where no owner is named, the user has to be it, and is held back by triggers
 * alone.
 */
public final class Database implements AutoCloseable {
    /** The role that works in the embedded database. */
    public static final String SERVER = "stepzero_server";

    private static final int CONNECTIONS = 10;
    private static final String EMBEDDED_NAME = "stepzero";
    private static final long CONNECT_MILLISECONDS = 10_000;

    private final HikariDataSource pool;
    private final Optional<ClusterLease> lease;

    private Database(HikariDataSource pool, Optional<ClusterLease> lease) {
        this.pool = pool;
        this.lease = lease;
    }

    /**
     * Connects, and brings the tables to what this program knows.
     *
     * @param home Stepzero's home directory
     * @param environment the variables of our process
     * @throws UserError if the database does not answer, refuses us, or is newer than this program
     */
    public static Database open(Path home, Map<String, String> environment) throws InterruptedException {
        var named = new DatabaseSettings(environment).logins();
        if (named.isPresent()) {
            return open(named.get(), Optional.empty());
        }
        var lease = PostgresCluster.at(home.resolve("postgres")).open();
        try {
            var server = lease.server();
            server.database(EMBEDDED_NAME, PostgresCluster.SUPERUSER);
            var worker = server.derived(SERVER, EMBEDDED_NAME);
            return open(new Logins(worker, Optional.of(server.superuser(EMBEDDED_NAME))), Optional.of(lease));
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /** Whether there is one to open: one is named, or an embedded one was made before. Nothing is started. */
    public static boolean isThere(Path home, Map<String, String> environment) {
        return new DatabaseSettings(environment).logins().isPresent() || Files.isDirectory(home.resolve("postgres"));
    }

    /** The same for a database that stands elsewhere, by a role that owns its tables. */
    public static Database open(Coordinates coordinates) {
        return open(new Logins(coordinates, Optional.empty()), Optional.empty());
    }

    /** The same by a role that owns nothing, with the owner of the tables. */
    public static Database open(Coordinates server, Coordinates owner) {
        return open(new Logins(server, Optional.of(owner)), Optional.empty());
    }

    private static Database open(Logins logins, Optional<ClusterLease> lease) {
        var pool = new HikariDataSource(configuration(logins.server()));
        try {
            new Schema(pool, logins).bringUpToDate();
            return new Database(pool, lease);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static HikariConfig configuration(Coordinates coordinates) {
        var configuration = new HikariConfig();
        configuration.setPoolName("stepzero");
        configuration.setJdbcUrl(coordinates.url());
        configuration.setUsername(coordinates.user());
        configuration.setPassword(coordinates.password());
        configuration.setMaximumPoolSize(CONNECTIONS);
        configuration.setMinimumIdle(0);
        configuration.setConnectionTimeout(CONNECT_MILLISECONDS);
        // Opened by its first user, so that a command which needs one connection makes one.
        configuration.setInitializationFailTimeout(-1);
        return configuration;
    }

    /** Starts an embedded server again whenever it is gone before this is closed: for programs that live long. */
    public void keepRunning() {
        lease.ifPresent(ClusterLease::keepRunning);
    }

    public Jdbi jdbi() {
        return Jdbi.create(pool);
    }

    public DataSource dataSource() {
        return pool;
    }

    /** Closes the connections; an embedded server stops when nobody else uses it. */
    @Override
    public void close() {
        pool.close();
        lease.ifPresent(ClusterLease::close);
    }
}
