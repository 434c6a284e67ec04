package dev.stepzero.guard.identity;

import dev.stepzero.core.UserError;
import dev.stepzero.store.Database;
import dev.stepzero.store.embedded.PostgresCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** A real PostgreSQL with the tables of this wing, one for all tests of a JVM, given to whoever asks for a {@link Jdbi}. */
public final class IdentityDatabase implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Jdbi.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(IdentityDatabase.class))
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
                .database()
                .jdbi();
    }

    private record Shared(Path home, Database database) implements AutoCloseable {
        static Shared start() {
            try {
                var home = Files.createTempDirectory("stepzero-test-identity");
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
