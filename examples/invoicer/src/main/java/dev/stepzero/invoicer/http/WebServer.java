package dev.stepzero.invoicer.http;

import dev.stepzero.invoicer.log.AppLog;
import dev.stepzero.invoicer.settings.ListenSettings;
import dev.stepzero.invoicer.settings.UserError;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** The listening web server; every request runs on its own virtual thread. */
public final class WebServer {
    private static final int LARGEST_HEAD = 8 * 1024;
    private static final int MOST_CONNECTIONS = 1000;

    /** More than connections, so that slow callers can fill those but never keep others waiting for a thread. */
    private static final int MOST_THREADS = MOST_CONNECTIONS + 100;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration SLOWEST_HEAD = Duration.ofSeconds(15);
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(10);

    private static final Set<Integer> UNKNOWN_PROTOCOL = Set.of(501, 505);

    private final Server server;
    private final ServerConnector connector;
    private final Patience patience;

    private WebServer(Server server, ServerConnector connector, Patience patience) {
        this.server = server;
        this.connector = connector;
        this.patience = patience;
    }

    public static WebServer start(ListenSettings settings, Routes routes, AppLog log) {
        return start(settings, routes, log, SLOWEST_HEAD);
    }

    static WebServer start(ListenSettings settings, Routes routes, AppLog log, Duration slowestHead) {
        var scheduler = new ScheduledExecutorScheduler("clock", true);
        var server = new Server(new VirtualThreadPool(MOST_THREADS), scheduler, null);
        var patience = new Patience(slowestHead, scheduler);
        var calls = new JettyCalls(settings.behindProxy(), new SecureRandom());
        var door = new JettyDoor(calls, routes, new RequestLog(log), patience);
        var connector = connector(server, settings);
        connector.addBean(patience);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        server.setHandler(new GracefulHandler(door));
        server.setErrorHandler(errors(door));
        server.setStopTimeout(LAST_REQUESTS.toMillis());
        begin(server, settings);
        patience.start();
        return new WebServer(server, connector, patience);
    }

    private static ServerConnector connector(Server server, ListenSettings settings) {
        var http = new HttpConfiguration();
        http.setRequestHeaderSize(LARGEST_HEAD);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.address());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setShutdownIdleTimeout(LAST_REQUESTS.toMillis());
        return connector;
    }

    private static Request.Handler errors(JettyDoor door) {
        return (request, response, callback) -> {
            var failure = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
            var found = failure instanceof HttpException known ? known.getCode() : response.getStatus();
            // An HTTP version or a transfer coding nobody knows is the caller's mistake, and no alarm of ours.
            var status = UNKNOWN_PROTOCOL.contains(found) ? 400 : found;
            var reason = Optional.ofNullable(HttpStatus.getMessage(status)).orElse("Error");
            return door.refuse(request, response, callback, status, status + " " + reason);
        };
    }

    private static void begin(Server server, ListenSettings settings) {
        try {
            server.start();
        } catch (IOException e) {
            throw new UserError(
                    UserError.Kind.SETTINGS,
                    "cannot listen on " + settings.address() + " port " + settings.port() + ": " + e.getMessage());
        } catch (Exception e) {
            throw new IllegalStateException("the web server does not start", e);
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Takes no more connections, lets running requests end for up to ten seconds, and returns. */
    public void stop() {
        connector.close();
        patience.stop();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the web server does not stop", e);
        }
    }
}
