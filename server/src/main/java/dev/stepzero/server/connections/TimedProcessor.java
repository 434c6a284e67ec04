package dev.stepzero.server.connections;

import java.io.IOException;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.coyote.Adapter;
import org.apache.coyote.Constants;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Tomcat's reader of requests, which takes the time of its client. It serves one connection after the other. */
final class TimedProcessor extends Http11Processor {
    private final Set<TimedProcessor> busy;
    private final LongSupplier nanos;
    private final Slowness slowness = new Slowness();
    private volatile @Nullable SocketWrapperBase<?> connection;
    private int requests;

    /**
     * A reader that serves nobody yet.
     *
     * @param busy where it is while it serves a connection
     */
    TimedProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter, Set<TimedProcessor> busy, LongSupplier nanos) {
        super(protocol, adapter);
        this.busy = busy;
        this.nanos = nanos;
        request.setInputBuffer(new TimedBody(request.getInputBuffer()));
    }

    @Override
    public SocketState service(SocketWrapperBase<?> served) throws IOException {
        if (!served.equals(connection)) {
            slowness.reset();
            connection = served;
        }
        busy.add(this);
        var state = SocketState.CLOSED;
        try {
            state = super.service(served);
        } finally {
            settle(state);
        }
        return state;
    }

    /** A connection that Tomcat keeps, though no request goes on, has sent a part of a head. */
    private void settle(SocketState state) {
        var count = request.getRequestProcessor().getRequestCount();
        if (count != requests) {
            requests = count;
            slowness.reset();
        }
        if (state == SocketState.LONG && !isAsync()) {
            slowness.awaitHead(nanos.getAsLong());
        } else {
            slowness.reset();
            connection = null;
            busy.remove(this);
        }
    }

    /** Closes the connection if its client is too slow, and answers whether it was. */
    boolean closeIfTooSlow() {
        var served = connection;
        if (served == null || served.isClosed()) {
            busy.remove(this);
            return false;
        }
        var now = nanos.getAsLong();
        if (request.getRequestProcessor().getStage() == Constants.STAGE_ENDINPUT) {
            slowness.awaitRest(now);
        }
        if (slowness.isTooMuch(now)) {
            served.close();
            return true;
        }
        return false;
    }

    /** A request's body, of which only the waiting for it is timed. */
    private final class TimedBody implements InputBuffer {
        private final InputBuffer body;

        private TimedBody(InputBuffer body) {
            this.body = body;
        }

        @Override
        public int doRead(ApplicationBufferHandler handler) throws IOException {
            slowness.awaitBody(nanos.getAsLong());
            var count = 0;
            try {
                count = body.doRead(handler);
                return count;
            } finally {
                slowness.came(nanos.getAsLong(), count);
            }
        }

        @Override
        public int available() {
            return body.available();
        }
    }
}
