package dev.stepzero.ship;

import dev.stepzero.core.UserError;
import dev.stepzero.store.Database;
import dev.stepzero.store.embedded.PostgresCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** A real PostgreSQL with Stepzero's tables, one for all tests of a JVM, given to whoever asks for a {@link Jdbi} or a {@link DataSource}. */
public final class TestDatabase implements ParameterResolver {

    /** The home directory, for processes that a test starts. */
    public record HomeOfDatabase(Path path) {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Jdbi.class || type == DataSource.class || type == HomeOfDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var shared = context.getRoot()
                .getStore(Namespace.create(TestDatabase.class))
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
        var type = parameter.getParameter().getType();
        if (type == DataSource.class) {
            return shared.database().dataSource();
        }
        return type == Jdbi.class ? shared.database().jdbi() : new HomeOfDatabase(shared.home());
    }

    /** A run of a commit that has ended well. */
    public static long run(Jdbi jdbi, String project, String commit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at)
                        values (:project, 'production', 'process', :commit, 'p', 'succeeded', now(), now())
                        returning id""")
                .bind("project", project)
                .bind("commit", commit)
                .mapTo(Long.class)
                .one());
    }

    private record Shared(Path home, Database database) implements AutoCloseable {
        static Shared start() {
            try {
                var home = Files.createTempDirectory("stepzero-test-database");
                return new Shared(home, Database.open(home, Map.of()));
            } catch (UserError e) {
                if ("1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES"))) {
                    throw e;
                }
                throw new TestAbortedException("no PostgreSQL can be started here: " + e.what(), e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            database.close();
            try {
                PostgresCluster.at(home.resolve("postgres")).delete();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            Files.delete(home);
        }
    }
}
