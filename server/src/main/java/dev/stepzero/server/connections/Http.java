package dev.stepzero.server.connections;

import java.util.concurrent.Executors;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP as this server speaks it. A connection costs no thread while it waits and little memory, so that ten thousand
 * event streams fit into a heap of 512 MB; one that is slower than {@link Slowness} allows is closed. Tomcat makes it by
 * its name.
 */
public final class Http extends Http11NioProtocol {
    private static final int CONNECTIONS = 12_000;
    private static final int WAITING = 1_000;
    private static final int LARGEST_HEAD = 8 << 10;
    private static final int LARGEST_ANSWER_HEAD = 4 << 10;
    private static final int BUFFER = 2 << 10;

    /** How long a single read or write may take, and a connection may be idle. */
    private static final int PATIENCE_MILLISECONDS = 10_000;

    public Http() {
        setExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("request-", 0).factory()));
        setConnectionTimeout(PATIENCE_MILLISECONDS);
        setMaxConnections(CONNECTIONS);
        setAcceptCount(WAITING);
        setMaxHttpRequestHeaderSize(LARGEST_HEAD);
        setMaxHttpResponseHeaderSize(LARGEST_ANSWER_HEAD);
        setProperty("socket.appReadBufSize", Integer.toString(BUFFER));
        setProperty("socket.appWriteBufSize", Integer.toString(BUFFER));
        // Buffers of closed connections are not kept: what is not pooled is nothing that a flood can fill.
        setProperty("socket.bufferPool", "0");
    }

    /** What a page's bytes go through; larger ones go past it. */
    @Override
    public int getDesiredBufferSize() {
        return BUFFER;
    }

    /** Closes connections that are too slow; called each second or so. */
    void sweep(Slowness slowness) {
        for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
            if (slowness.isTooSlow(connection)) {
                connection.close();
            }
        }
        slowness.forgetClosed();
    }
}
