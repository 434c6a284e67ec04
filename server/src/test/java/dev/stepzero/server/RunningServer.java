package dev.stepzero.server;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.guard.identity.Source;
import dev.stepzero.store.embedded.PostgresCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;
import org.springframework.context.ConfigurableApplicationContext;

/** A server with its database, one for all tests of the JVM: write {@code @ExtendWith(RunningServer.class)} and ask for a {@link Running}. */
public final class RunningServer implements ParameterResolver {
    /** Runs are plain processes, so that they are the same wherever the tests run. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("STEPZERO_ENGINE", "none", "PATH", "/usr/local/bin:/usr/bin:/bin");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return of(context);
    }

    static Running of(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(RunningServer.class))
                .computeIfAbsent(Running.class, key -> start(), Running.class);
    }

    private static Running start() {
        try {
            var home = new Home(Files.createTempDirectory("stepzero-test-server"));
            var settings = new ServerSettings(
                    ListenAddress.parse("127.0.0.1:0"), Optional.empty(), Optional.empty(), home, ENVIRONMENT);
            return new Running(Server.start(settings), home, new AtomicInteger());
        } catch (UserError e) {
            if ("1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES"))) {
                throw e;
            }
            throw new TestAbortedException("no PostgreSQL can be started here: " + e.what(), e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server that all tests share. */
    public record Running(Server server, Home home, AtomicInteger counter) implements AutoCloseable {
        public URI address() {
            return server.address();
        }

        /** A part of the server, to prepare or look at what cannot be seen from outside. */
        public <T> T part(Class<T> type) {
            return server.context().getBean(type);
        }

        public ConfigurableApplicationContext context() {
            return server.context();
        }

        /** A new person with these roles. */
        public Person person(Grant... grants) {
            var people = part(People.class);
            var person = people.add("person" + counter.incrementAndGet(), "", "");
            for (var grant : grants) {
                people.grant(person.id(), grant);
            }
            return person;
        }

        /** A client in which a new person with these roles is signed in with two factors. */
        public Client signedIn(Grant... grants) {
            return signedIn(person(grants), Set.of(Factor.PASSWORD, Factor.TOTP));
        }

        /** A client in which somebody is signed in by these factors. */
        public Client signedIn(Person person, Set<Factor> factors) {
            var secret = part(Sessions.class).begin(person.id(), factors, new Source("127.0.0.1", Client.AGENT));
            return new Client(address(), Optional.of("stepzero-session=" + secret.text()));
        }

        public Client anonymous() {
            return new Client(address(), Optional.empty());
        }

        @Override
        public void close() throws IOException {
            server.close();
            try {
                PostgresCluster.at(home.root().resolve("postgres")).delete();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }
}
