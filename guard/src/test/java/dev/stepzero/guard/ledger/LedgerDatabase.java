package dev.stepzero.guard.ledger;

import dev.stepzero.core.UserError;
import dev.stepzero.store.Coordinates;
import dev.stepzero.store.Database;
import dev.stepzero.store.embedded.PostgresCluster;
import dev.stepzero.store.embedded.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** Gives each test that asks for one an empty ledger in a real PostgreSQL, which all tests of a JVM share. */
final class LedgerDatabase implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(LedgerDatabase.class);

    /**
     * A database of its own.
     *
     * @param server as the server works in it
     * @param owner as somebody who may do anything
     * @param coordinates the server's, for processes that a test starts
     */
    record Fresh(Database database, Jdbi server, Jdbi owner, Coordinates coordinates) implements AutoCloseable {
        @Override
        public void close() {
            database.close();
        }

        /** Does what the server could not: without triggers and constraints. */
        void tamper(String sql) {
            owner.useHandle(handle -> {
                handle.execute("set session_replication_role = replica");
                handle.execute(sql);
            });
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Fresh.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var cluster = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Cluster.class, key -> Cluster.start(), Cluster.class);
        var fresh = cluster.fresh();
        context.getStore(NAMESPACE).put(Fresh.class, fresh);
        return fresh;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var fresh = context.getStore(NAMESPACE).remove(Fresh.class, Fresh.class);
        if (fresh != null) {
            fresh.close();
        }
    }

    private record Cluster(Path home, PostgresCluster cluster, Server server, AtomicInteger made)
            implements AutoCloseable {
        static Cluster start() {
            try {
                var home = Files.createTempDirectory("stepzero-test-ledger");
                var cluster = PostgresCluster.at(home.resolve("postgres"));
                var server = cluster.start();
                server.database("empty", PostgresCluster.SUPERUSER);
                server.role("worker", "worker");
                server.admit("worker", "empty");
                Database.open(server.as("worker", "worker", "empty"), server.superuser("empty"))
                        .close();
                return new Cluster(home, cluster, server, new AtomicInteger());
            } catch (UserError e) {
                if ("1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES"))) {
                    throw e;
                }
                throw new TestAbortedException("no PostgreSQL can be started here: " + e.what(), e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        Fresh fresh() {
            var name = "ledger" + made.incrementAndGet();
            jdbi(server.superuser("postgres"))
                    .useHandle(handle -> handle.execute("create database " + name + " template empty"));
            server.admit("worker", name);
            var worker = server.as("worker", "worker", name);
            var database = Database.open(worker, server.superuser(name));
            return new Fresh(database, database.jdbi(), jdbi(server.superuser(name)), worker);
        }

        private static Jdbi jdbi(Coordinates at) {
            return Jdbi.create(at.url(), at.user(), at.password());
        }

        @Override
        public void close() throws Exception {
            cluster.delete();
            Files.delete(home);
        }
    }
}
