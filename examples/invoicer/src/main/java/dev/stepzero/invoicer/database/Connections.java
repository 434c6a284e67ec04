package dev.stepzero.invoicer.database;

import dev.stepzero.invoicer.settings.PostgresSettings;
import dev.stepzero.invoicer.settings.UserError;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.GSSEncMode;

/** Single connections to PostgreSQL, and waiting for the first of them. */
final class Connections {
    private static final String LIMITS =
            "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=15s";
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 20;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private Connections() {}

    /** For serving: no query, lock or forgotten transaction lasts long. */
    static DataSource hurried(PostgresSettings settings) {
        var source = patient(settings);
        source.setOptions(LIMITS);
        source.setSocketTimeout(ANSWER_SECONDS);
        return source;
    }

    /** For migrating, which takes as long as it takes. */
    static PGSimpleDataSource patient(PostgresSettings settings) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {settings.host()});
        source.setPortNumbers(new int[] {settings.port()});
        source.setDatabaseName(settings.database());
        source.setUser(settings.user());
        source.setPassword(settings.password().reveal());
        source.setSslMode(settings.sslMode());
        settings.sslRootCertificate().ifPresent(source::setSslRootCert);
        source.setGssEncMode(GSSEncMode.DISABLE.value);
        source.setApplicationName("invoicer");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setReWriteBatchedInserts(true);
        // With it, the server's error detail would repeat row values in the log.
        source.setLogServerErrorDetail(false);
        return source;
    }

    /** Returns when the database answers. What waiting cannot mend, such as a wrong password, ends it at once. */
    static void await(DataSource source, PostgresSettings settings, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        var pause = FIRST_PAUSE;
        while (true) {
            try (var _ = source.getConnection()) {
                return;
            } catch (SQLException e) {
                if (!SqlState.of(e).away() || System.nanoTime() + pause.toNanos() > deadline) {
                    throw new UserError(
                            UserError.Kind.DATABASE,
                            "PostgreSQL at %s port %d, database %s, cannot be used: %s"
                                    .formatted(settings.host(), settings.port(), settings.database(), e.getMessage()));
                }
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(UserError.Kind.DATABASE, "interrupted while waiting for PostgreSQL");
        }
    }
}
