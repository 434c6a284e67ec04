package dev.stepzero.ship.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps a step's lines for the journal. Past its limit it keeps the first and the last lines, which tell how a step
 * began and why it failed. The lines are written by the run's thread: the step's own may be interrupted at any moment,
 * and an interrupted virtual thread closes the socket that it writes to.
 */
final class OutputRecorder implements AutoCloseable {
    private static final int BATCH = 200;
    private static final int HEAD = 10_000;
    private static final int TAIL = 2_000;
    private static final int LONGEST_LINE = 10_000;

    private final RunJournal journal;
    private final Run run;
    private final Step step;
    private final int attempt;
    private final Consumer<RunEvent> events;

    private final List<String> batch = new ArrayList<>();
    private final Deque<String> tail = new ArrayDeque<>();
    private int queued;
    private int taken;
    private long dropped;
    private boolean closed;
    private int written;

    OutputRecorder(RunJournal journal, Run run, Step step, int attempt, Consumer<RunEvent> events) {
        this.journal = journal;
        this.run = run;
        this.step = step;
        this.attempt = attempt;
        this.events = events;
    }

    /** Takes a line from any thread; what comes after the step's end is lost. */
    synchronized void line(String text) {
        var line = text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + " [cut]";
        if (closed) {
            return;
        }
        if (taken < HEAD) {
            taken++;
            batch.add(line);
            if (batch.size() == BATCH) {
                var full = List.copyOf(batch);
                batch.clear();
                queued++;
                events.accept(new RunEvent.Lines(this, full));
            }
            return;
        }
        tail.add(line);
        if (tail.size() > TAIL) {
            tail.remove();
            dropped++;
        }
    }

    /** Writes a batch that came as an event. */
    void write(List<String> lines) {
        append(lines);
        synchronized (this) {
            queued--;
        }
    }

    /** Writes what was taken so far, unless batches that belong before it are still on their way as events. */
    void flush() {
        append(pending());
    }

    private synchronized List<String> pending() {
        if (queued > 0) {
            return List.of();
        }
        var pending = List.copyOf(batch);
        batch.clear();
        return pending;
    }

    private void append(List<String> lines) {
        if (!lines.isEmpty()) {
            journal.append(run, step, attempt, written, lines);
            written += lines.size();
        }
    }

    private synchronized List<String> rest() {
        closed = true;
        var rest = new ArrayList<>(batch);
        if (dropped > 0) {
            rest.add("[" + dropped + " lines left out]");
        }
        rest.addAll(tail);
        return rest;
    }

    @Override
    public void close() {
        append(rest());
    }
}
