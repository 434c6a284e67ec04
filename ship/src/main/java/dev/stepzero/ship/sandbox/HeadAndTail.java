package dev.stepzero.ship.sandbox;

import dev.stepzero.ship.engine.StepOutput;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets a command's output through up to a limit. The flood beyond it is counted and only its last lines are kept, to
 * be given out at the end: what a program says last is usually why it failed.
 */
final class HeadAndTail {
    private static final int LONGEST_TAIL = 64 * 1024;

    private final StepOutput output;
    private final long limit;
    private final Runnable whenOver;
    private final Lines lines = new Lines(this::line);
    private final Deque<String> tail = new ArrayDeque<>();
    private int tailLength;
    private long leftOut;
    private long total;

    /**
     * @param limit how many bytes pass; the tail comes on top
     * @param whenOver called once, as soon as there is more
     */
    HeadAndTail(StepOutput output, long limit, Runnable whenOver) {
        this.output = output;
        this.limit = limit;
        this.whenOver = whenOver;
    }

    synchronized void take(byte[] bytes) {
        boolean within = total <= limit;
        total += bytes.length;
        lines.take(bytes);
        if (within && total > limit) {
            whenOver.run();
        }
    }

    /** Gives out what is left; nothing may be taken after it. */
    synchronized void finish() {
        lines.finish();
        if (leftOut > 0) {
            output.line("[" + leftOut + " lines left out beyond " + limit + " bytes of output]");
        }
        tail.forEach(output::line);
        tail.clear();
    }

    synchronized long total() {
        return total;
    }

    synchronized boolean over() {
        return total > limit;
    }

    private void line(String text) {
        if (total <= limit) {
            output.line(text);
            return;
        }
        tail.addLast(text);
        tailLength += text.length();
        while (tailLength > LONGEST_TAIL && tail.size() > 1) {
            tailLength -= tail.removeFirst().length();
            leftOut++;
        }
    }
}
