package dev.stepzero.server.runs;

import java.util.ArrayDeque;
import java.util.Deque;

/** One of the streams that there may be at a time; given back once, however often it is closed. */
final class Seat implements AutoCloseable {
    private final Deque<Runnable> closing = new ArrayDeque<>(2);
    private boolean closed;

    Seat(Runnable given) {
        closing.push(given);
    }

    /** Does something more when it is given back, which may be now. */
    void alsoClose(Runnable what) {
        synchronized (this) {
            if (!closed) {
                closing.push(what);
                return;
            }
        }
        what.run();
    }

    @Override
    public void close() {
        Deque<Runnable> now;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            now = new ArrayDeque<>(closing);
        }
        now.forEach(Runnable::run);
    }
}
