package dev.stepzero.server.connections;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * An answer that goes on after its request. Tomcat holds some 60 KB for each request, also for one that is asynchronous,
 * and 10,000 of those are more than our heap; so the request ends once its head is written, and only the connection
 * remains, as it does for web sockets: this is the way on which Tomcat's own are made. The answer has no length and ends
 * with its connection.
 */
public final class OpenAnswer implements InternalHttpUpgradeHandler {
    /** A reader who takes nothing for so long while something is written is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable SocketWrapperBase<?> connection;
    private @Nullable Runnable opened;
    private @Nullable Runnable gone;

    /**
     * Makes a request's answer one that stays open. The beginning is written to the response as usual; once the request
     * was handled, what comes then is written to this.
     *
     * @param response whose headers can still be set
     */
    public static OpenAnswer to(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var answer = request.upgrade(OpenAnswer.class);
        // The protocol stays the same: what was answered goes on.
        response.setStatus(HttpServletResponse.SC_OK);
        response.setHeader("Connection", "close");
        return answer;
    }

    /**
     * Says what to do when it can be written to, and once when it cannot any more.
     *
     * @param whenGone may be called at any time from now on
     */
    public void then(Runnable whenOpen, Runnable whenGone) {
        this.opened = whenOpen;
        this.gone = whenGone;
    }

    /** Writes and waits until the reader's side took it. One thread at a time may write. */
    public void write(byte[] bytes) throws IOException {
        var open = Objects.requireNonNull(connection);
        open.write(true, bytes, 0, bytes.length);
    }

    public void flush() throws IOException {
        Objects.requireNonNull(connection).flush(true);
    }

    /** Ends the answer. */
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (connection != null) {
                connection.close();
            }
            if (gone != null) {
                gone.run();
            }
        }
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        connection = wrapper;
        wrapper.setReadTimeout(-1);
        wrapper.setWriteTimeout(PATIENCE.toMillis());
    }

    @Override
    public void init(WebConnection web) {
        if (opened != null) {
            opened.run();
        }
    }

    /** A reader has nothing to say: what it sends is thrown away, and its end is ours. */
    @Override
    public SocketState upgradeDispatch(SocketEvent status) {
        if (status == SocketEvent.OPEN_READ && !closed.get()) {
            try {
                var thrownAway = new byte[256];
                var read = Objects.requireNonNull(connection).read(false, thrownAway, 0, thrownAway.length);
                if (read >= 0) {
                    return SocketState.UPGRADED;
                }
            } catch (IOException e) {
                // It is gone, as below.
            }
        } else if (status == SocketEvent.OPEN_WRITE && !closed.get()) {
            return SocketState.UPGRADED;
        }
        close();
        return SocketState.CLOSED;
    }

    @Override
    public void timeoutAsync(long now) {
        // Nothing here is asynchronous in Tomcat's sense.
    }

    @Override
    public boolean hasAsyncIO() {
        return false;
    }

    @Override
    public void setSslSupport(SSLSupport support) {
        // The connection encrypts by itself.
    }

    @Override
    public void pause() {
        close();
    }

    @Override
    public void destroy() {
        close();
    }
}
