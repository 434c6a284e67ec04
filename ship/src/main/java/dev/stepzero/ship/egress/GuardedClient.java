package dev.stepzero.ship.egress;

import dev.stepzero.core.egress.EgressGuard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Makes clients that connect to the addresses which a guard gave and to no others, however a name is resolved a moment
 * later. They follow no redirect, keep no cookie and answer no challenge by themselves. They are Jetty's and not the
 * JDK's, since that resolves names by itself and cannot be told where to connect.
 */
public final class GuardedClient {
    private GuardedClient() {}

    /**
     * Starts a client; whoever asks for it stops it.
     *
     * @param name what its threads are called
     * @param connect how long making a connection may take
     */
    public static HttpClient start(EgressGuard guard, String name, int threads, Duration connect) {
        var pool = new QueuedThreadPool(threads, 1);
        pool.setName(name);
        pool.setDaemon(true);
        var client = new HttpClient(new HttpClientTransportOverHTTP(1));
        client.setExecutor(pool);
        client.setSocketAddressResolver(pinned(guard, pool));
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setConnectTimeout(connect.toMillis());
        client.setUserAgentField(null);
        try {
            client.start();
            // They would answer challenges and redirects on their own.
            client.getProtocolHandlers().clear();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return client;
    }

    private static SocketAddressResolver pinned(EgressGuard guard, QueuedThreadPool pool) {
        return new SocketAddressResolver() {
            @Override
            public void resolve(
                    String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
                pool.execute(() -> {
                    try {
                        promise.succeeded(guard.resolve(host).stream()
                                .map((InetAddress address) -> new InetSocketAddress(address, port))
                                .toList());
                    } catch (RuntimeException refused) {
                        promise.failed(refused);
                    }
                });
            }
        };
    }
}
