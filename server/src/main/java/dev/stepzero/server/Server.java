package dev.stepzero.server;

import dev.stepzero.core.UserError;
import dev.stepzero.server.signin.FirstLink;
import dev.stepzero.store.Database;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A server that runs in this process until it is closed. */
public final class Server implements AutoCloseable {
    private final Database database;
    private final ConfigurableApplicationContext context;
    private final URI address;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Server(Database database, ConfigurableApplicationContext context, URI address) {
        this.database = database;
        this.context = context;
        this.address = address;
    }

    /**
     * Opens the database and starts to listen.
     *
     * @throws UserError if the database, the certificate or the port cannot be had
     */
    public static Server start(ServerSettings settings) throws InterruptedException {
        LogSettings.quieten();
        var database = Database.open(settings.home().root(), settings.environment());
        try {
            database.keepRunning();
            var context = (ServletWebServerApplicationContext)
                    application(settings, database).run();
            int port =
                    context.getWebServer() == null ? 0 : context.getWebServer().getPort();
            return new Server(database, context, settings.address(port));
        } catch (RuntimeException e) {
            database.close();
            throw described(e, settings);
        }
    }

    private static SpringApplication application(ServerSettings settings, Database database) {
        var application = new SpringApplication(ServerConfiguration.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setAddCommandLineProperties(false);
        application.setDefaultProperties(Map.copyOf(LogSettings.of(settings)));
        application.addInitializers(context -> {
            var beans = (GenericApplicationContext) context;
            beans.registerBean(ServerSettings.class, () -> settings);
            beans.registerBean(Database.class, () -> database, bean -> bean.setDestroyMethodName(""));
        });
        return application;
    }

    private static RuntimeException described(RuntimeException failure, ServerSettings settings) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserError error) {
                return error;
            }
            if (cause instanceof PortInUseException taken) {
                return UserError.engine("port %d is taken".formatted(taken.getPort()))
                        .at("--listen")
                        .fix("end what listens on %s:%d, or choose another port"
                                .formatted(settings.listen().host(), taken.getPort()))
                        .because(taken);
            }
        }
        return failure;
    }

    /** What people type. */
    public URI address() {
        return address;
    }

    /** Where the first administrator sets the server up, good once and for an hour; empty once there is somebody. */
    public Optional<URI> firstLink() {
        return context.getBean(FirstLink.class).path().map(address::resolve);
    }

    /** Where its parts are found, for tests. */
    ConfigurableApplicationContext context() {
        return context;
    }

    /** Waits until somebody closes the server. */
    public void await() throws InterruptedException {
        ended.await();
    }

    /** Takes no new requests, finishes those that run, and closes the database. */
    @Override
    public void close() {
        context.close();
        database.close();
        ended.countDown();
    }
}
