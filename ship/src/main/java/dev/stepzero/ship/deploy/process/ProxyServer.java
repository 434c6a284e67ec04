package dev.stepzero.ship.deploy.process;

import dev.stepzero.ship.deploy.process.Balancer.Door;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** The load balancer: three doors, for the users, for the preview and for orders. */
final class ProxyServer {
    private static final String CONTROL = "control";
    private static final String PREVIEW = "preview";
    private static final String LIVE = "live";
    private static final int THREADS = 32;
    private static final int MOST_CONNECTIONS = 4096;
    private static final int HEADER_BYTES = 16 << 10;
    private static final long BODY_BYTES = 32L << 20;
    private static final long BODY_BYTES_A_SECOND = 64;
    private static final long IDLE_MILLISECONDS = 30_000;
    private static final Duration HEAD = Duration.ofSeconds(20);
    private static final long SWEEP_SECONDS = 5;

    private final ProxySettings settings;
    private final Balancer balancer;
    private final Server server;
    private final SlowRequests slow = new SlowRequests(HEAD);
    private final Forwarding live;

    ProxyServer(ProxySettings settings, ProxyFiles files, String token) {
        this.settings = settings;
        balancer = new Balancer(files.routes());
        server = new Server(new QueuedThreadPool(THREADS), new ScheduledExecutorScheduler("timer", true), null);
        live = new Forwarding(balancer, Door.LIVE);
        server.addConnector(door(CONTROL, "127.0.0.1", settings.controlPort()));
        server.addConnector(door(PREVIEW, "127.0.0.1", settings.previewPort()));
        server.addConnector(door(LIVE, settings.address(), settings.port()));
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
        var doors = new ByDoor(Map.of(
                CONTROL, new Control(balancer, token),
                PREVIEW, new Forwarding(balancer, Door.PREVIEW),
                LIVE, live));
        var limited = new SizeLimitHandler(BODY_BYTES, -1);
        limited.setHandler(new MinimumDataRateHandler(doors, BODY_BYTES_A_SECOND, 0));
        server.setHandler(limited);
    }

    void run(List<Path> logs) throws Exception {
        server.start();
        var watch = new HealthWatch(balancer, live.getHttpClient(), settings.healthPath(), logs);
        Thread.ofPlatform().daemon().name("health").start(watch);
        sweep();
        server.join();
    }

    private void sweep() {
        slow.closeThem();
        server.getScheduler().schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    private ServerConnector door(String name, String address, int port) {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        configuration.addCustomizer(slow);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setName(name);
        connector.setHost(address);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLISECONDS);
        connector.addBean(slow);
        return connector;
    }

    /** Sends each request to what stands behind the door that it came through. */
    private static final class ByDoor extends Handler.Sequence {
        private final Map<String, Handler> behind;

        ByDoor(Map<String, Handler> behind) {
            super(List.copyOf(behind.values()));
            this.behind = behind;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            var door = request.getConnectionMetaData().getConnector().getName();
            var handler = behind.get(door);
            return handler != null && handler.handle(request, response, callback);
        }
    }
}
