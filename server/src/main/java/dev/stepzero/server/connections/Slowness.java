package dev.stepzero.server.connections;

import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Constants;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows how long clients take. Tomcat's own timeouts begin anew with each byte, so that who sends one byte every nine
 * seconds holds a connection for days. Here a request's head has to be whole within {@link #HEAD}, and a body that is
 * waited for has to bring {@link #LEAST_BYTES} within each {@link #BODY}.
 */
final class Slowness {
    private static final Logger LOG = LoggerFactory.getLogger("dev.stepzero.server.connections");
    private static final Duration HEAD = Duration.ofSeconds(15);
    private static final Duration BODY = Duration.ofSeconds(20);
    private static final long LEAST_BYTES = 4 << 10;

    private final LongSupplier nanos;
    private final Map<SocketWrapperBase<?>, Progress> known = new WeakHashMap<>();
    private int closed;

    Slowness(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private enum Phase {
        HEAD,
        BODY,
        NOTHING
    }

    private record Progress(Phase phase, int request, long sinceNanos, long bytes) {}

    /** Whether a connection has to be closed. */
    boolean isTooSlow(SocketWrapperBase<?> connection) {
        var now = nanos.getAsLong();
        var before = known.get(connection);
        var phase = phase(connection);
        var bytes = bytes(connection);
        var request = request(connection);
        if (before == null || before.phase() != phase || before.request() != request) {
            known.put(connection, new Progress(phase, request, now, bytes));
            return false;
        }
        var waited = now - before.sinceNanos();
        var isTooSlow = switch (phase) {
            case HEAD -> waited > HEAD.toNanos();
            case BODY -> {
                if (bytes - before.bytes() >= LEAST_BYTES) {
                    known.put(connection, new Progress(phase, request, now, bytes));
                }
                yield bytes - before.bytes() < LEAST_BYTES && waited > BODY.toNanos();
            }
            case NOTHING -> false;
        };
        if (isTooSlow) {
            known.remove(connection);
            closed++;
        }
        return isTooSlow;
    }

    /** Says how many were closed since it was said last; a line for all, for a flood must not flood the log. */
    void forgetClosed() {
        if (closed > 0) {
            LOG.warn("closed {} connections whose clients sent too slowly", closed);
            closed = 0;
        }
    }

    private static Phase phase(SocketWrapperBase<?> connection) {
        // Without one nothing was sent yet, or not again: Tomcat's own timeout ends that.
        if (!(connection.getCurrentProcessor() instanceof AbstractProcessor processor)) {
            return Phase.NOTHING;
        }
        return switch (processor.getRequest().getRequestProcessor().getStage()) {
            case Constants.STAGE_NEW, Constants.STAGE_PARSE -> Phase.HEAD;
            case Constants.STAGE_PREPARE, Constants.STAGE_SERVICE -> awaitsBody(processor) ? Phase.BODY : Phase.NOTHING;
            // Between requests a connection is closed by Tomcat's own timeout.
            default -> Phase.NOTHING;
        };
    }

    private static boolean awaitsBody(AbstractProcessor processor) {
        var request = processor.getRequest();
        var length = request.getContentLengthLong();
        var isChunked = request.getHeader("transfer-encoding") != null;
        return !request.isFinished() && (length > request.getBytesRead() || (isChunked && request.getBytesRead() >= 0));
    }

    /** Which of the connection's requests it is, so that many quick ones are not taken for a slow one. */
    private static int request(SocketWrapperBase<?> connection) {
        return connection.getCurrentProcessor() instanceof AbstractProcessor processor
                ? processor.getRequest().getRequestProcessor().getRequestCount()
                : 0;
    }

    private static long bytes(SocketWrapperBase<?> connection) {
        return connection.getCurrentProcessor() instanceof AbstractProcessor processor
                ? processor.getRequest().getBytesRead()
                : 0;
    }
}
