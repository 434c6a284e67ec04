package dev.stepzero.server.connections;

import java.time.Duration;

/**
 * How long a client made one connection wait. Tomcat's own timeouts begin anew with each byte, so that who sends one byte
 * every nine seconds holds a connection for days. Here a request's head has to be whole within {@link #HEAD}, a body has
 * to bring {@link #LEAST_BYTES} within each {@link #BODY} that it is waited for, and what nobody read of it has to end
 * within {@link #REST}. Only waiting counts: a request that is worked on for minutes is none of a client's slowness.
 *
 * <p>Times are nanoseconds of one clock that only goes up.
 */
final class Slowness {
    static final Duration HEAD = Duration.ofSeconds(15);
    static final Duration BODY = Duration.ofSeconds(20);
    static final Duration REST = Duration.ofSeconds(20);
    static final long LEAST_BYTES = 4 << 10;

    private enum Waits {
        FOR_HEAD,
        FOR_BODY,
        FOR_REST,
        NOT
    }

    private Waits waits = Waits.NOT;
    private long since;
    private long waitedForBody;
    private long bytes;

    /** What came is not a whole head yet. */
    synchronized void awaitHead(long now) {
        begin(Waits.FOR_HEAD, now);
    }

    /** A part of a body is waited for. */
    synchronized void awaitBody(long now) {
        begin(Waits.FOR_BODY, now);
    }

    /** A part of a body came. */
    synchronized void came(long now, int count) {
        waitedForBody += now - since;
        bytes += Math.max(0, count);
        waits = Waits.NOT;
        if (bytes >= LEAST_BYTES) {
            bytes = 0;
            waitedForBody = 0;
        }
    }

    /** The answer is sent, and the rest of the body thrown away. */
    synchronized void awaitRest(long now) {
        begin(Waits.FOR_REST, now);
    }

    /** The next request may take its time anew. */
    synchronized void reset() {
        waits = Waits.NOT;
        waitedForBody = 0;
        bytes = 0;
    }

    private void begin(Waits what, long now) {
        if (waits != what) {
            waits = what;
            since = now;
        }
    }

    /** Whether the connection has to be closed. */
    synchronized boolean isTooMuch(long now) {
        var waited = now - since;
        return switch (waits) {
            case FOR_HEAD -> waited > HEAD.toNanos();
            case FOR_BODY -> waitedForBody + waited > BODY.toNanos();
            case FOR_REST -> waited > REST.toNanos();
            case NOT -> false;
        };
    }
}
