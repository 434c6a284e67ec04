package dev.stepzero.invoicer;

import dev.stepzero.invoicer.database.Migration;
import dev.stepzero.invoicer.settings.Environment;
import dev.stepzero.invoicer.settings.PostgresSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A database of the one real PostgreSQL that all tests share. */
public record TestDatabase(String name) {
    public static final String OWNER = "invoicer_owner";
    public static final String APP = "invoicer_app";
    private static final String PASSWORD = "not a secret: lives for one test";
    private static final EmbeddedPostgres SERVER = start();

    /** The database most tests use, migrated. */
    public static final TestDatabase SHARED = create("invoicer").migrate();

    private static EmbeddedPostgres start() {
        try {
            var server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                for (var role : new String[] {OWNER, APP}) {
                    statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'");
                }
            }
            return server;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("PostgreSQL does not start", e);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TestDatabase create(String name) {
        asSuperuser("CREATE DATABASE " + name + " OWNER " + OWNER);
        return new TestDatabase(name);
    }

    public static void asSuperuser(String sql) {
        try (var connection = SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public TestDatabase migrate() {
        new Migration(settings(OWNER), APP).run();
        return this;
    }

    public PostgresSettings settings(String user) {
        return PostgresSettings.from(new Environment(environment(user)));
    }

    public Map<String, String> environment(String user) {
        var environment = new HashMap<String, String>();
        environment.put("INVOICER_POSTGRES_HOST", "127.0.0.1:" + SERVER.getPort());
        environment.put("INVOICER_POSTGRES_DB", name);
        environment.put("INVOICER_POSTGRES_USER", user);
        environment.put("INVOICER_POSTGRES_PASSWORD", PASSWORD);
        environment.put("INVOICER_POSTGRES_SSLMODE", "disable");
        return environment;
    }

    public Connection connect(String user) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + SERVER.getPort() + "/" + name, user, PASSWORD);
    }
}
