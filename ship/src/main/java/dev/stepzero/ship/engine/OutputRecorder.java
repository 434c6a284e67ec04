package dev.stepzero.ship.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Writes a step's lines to the journal in batches. Past its limit it keeps the first and the last lines, which tell
 * how a step began and why it failed.
 */
final class OutputRecorder implements AutoCloseable {
    private static final int BATCH = 200;
    private static final int HEAD = 10_000;
    private static final int TAIL = 2_000;

    private final RunJournal journal;
    private final Run run;
    private final Step step;
    private final int attempt;
    private final List<String> batch = new ArrayList<>();
    private final Deque<String> tail = new ArrayDeque<>();
    private int written;
    private long dropped;

    OutputRecorder(RunJournal journal, Run run, Step step, int attempt) {
        this.journal = journal;
        this.run = run;
        this.step = step;
        this.attempt = attempt;
    }

    synchronized void line(String text) {
        if (written + batch.size() < HEAD) {
            batch.add(text.replace("\0", "�"));
            if (batch.size() == BATCH) {
                flush();
            }
            return;
        }
        tail.add(text.replace("\0", "�"));
        if (tail.size() > TAIL) {
            tail.remove();
            dropped++;
        }
    }

    private void flush() {
        if (!batch.isEmpty()) {
            journal.append(run, step, attempt, written, batch);
            written += batch.size();
            batch.clear();
        }
    }

    @Override
    public synchronized void close() {
        flush();
        if (dropped > 0) {
            batch.add("[" + dropped + " lines left out]");
        }
        batch.addAll(tail);
        tail.clear();
        flush();
    }
}
