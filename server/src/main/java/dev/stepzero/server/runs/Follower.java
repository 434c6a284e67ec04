package dev.stepzero.server.runs;

import dev.stepzero.server.connections.OpenAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An answer that stays open and is told what happens. It has no thread but while something is written to it. What waits
 * for a slow reader is bounded: one who falls further behind is cut off, and catches up when it comes back.
 */
final class Follower {
    private static final int MOST_BYTES = 256 << 10;

    private final OpenAnswer answer;
    private final Executor writers;
    private final long untilNanos;
    private final Deque<byte[]> waiting = new ArrayDeque<>(2);
    private int bytes;
    private boolean writing;
    private boolean ends;
    private long position;

    /**
     * A follower whose answer was begun.
     *
     * @param position the last line that it was told
     * @param longest after which time it has to come back and prove again who it is
     * @param writers what writes, a task at a time for each follower
     */
    Follower(OpenAnswer answer, long position, Duration longest, Executor writers) {
        this.answer = answer;
        this.position = position;
        this.untilNanos = System.nanoTime() + longest.toNanos();
        this.writers = writers;
    }

    /** The last line that it was told, or will be. Only its feed asks and sets it. */
    long position() {
        return position;
    }

    void moveTo(long line) {
        position = line;
    }

    boolean isDue() {
        return System.nanoTime() - untilNanos > 0;
    }

    /** Writes an event as soon as those before it are written; the caller does not wait. */
    void tell(byte[] event) {
        synchronized (this) {
            if (ends) {
                return;
            }
            if (bytes + event.length > MOST_BYTES && bytes > 0) {
                ends = true;
                waiting.clear();
            } else {
                waiting.add(event);
                bytes += event.length;
            }
            if (writing) {
                return;
            }
            writing = true;
        }
        writers.execute(this::write);
    }

    /** Writes a last event, and ends the answer. */
    void end(byte[] event) {
        tell(event);
        synchronized (this) {
            ends = true;
            if (writing) {
                return;
            }
            writing = true;
        }
        writers.execute(this::write);
    }

    /** What to do after what waited was written. */
    private enum Then {
        WRITE,
        REST,
        CLOSE
    }

    private void write() {
        try {
            Then then;
            do {
                for (var event = next(); event != null; event = next()) {
                    answer.write(event);
                }
                answer.flush();
                then = then();
            } while (then == Then.WRITE);
            if (then == Then.REST) {
                return;
            }
        } catch (IOException e) {
            giveUp();
        }
        answer.close();
    }

    private synchronized byte @Nullable [] next() {
        var event = waiting.poll();
        bytes -= event == null ? 0 : event.length;
        return event;
    }

    private synchronized Then then() {
        if (!waiting.isEmpty()) {
            return Then.WRITE;
        }
        writing = ends;
        return ends ? Then.CLOSE : Then.REST;
    }

    private synchronized void giveUp() {
        ends = true;
        waiting.clear();
    }
}
