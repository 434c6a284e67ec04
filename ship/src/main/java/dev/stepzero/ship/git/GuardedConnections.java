package dev.stepzero.ship.git;

import dev.stepzero.core.egress.EgressGuard;
import java.io.IOException;
import java.net.Proxy;
import java.net.URISyntaxException;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/**
 * Lets JGit connect only where the guard allows it. The JDK resolves the name once more for the connection itself, and
 * takes the answer that the guard got from the cache of the process, which keeps it for thirty seconds.
 */
final class GuardedConnections implements HttpConnectionFactory {
    private final HttpConnectionFactory factory = new JDKHttpConnectionFactory();
    private final EgressGuard guard;

    GuardedConnections(EgressGuard guard) {
        this.guard = guard;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        try {
            guard.resolve(guard.check(url.toURI()).getHost());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        return factory.create(url, proxy);
    }
}
