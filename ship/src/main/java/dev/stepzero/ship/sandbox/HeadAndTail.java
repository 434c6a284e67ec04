package dev.stepzero.ship.sandbox;

import dev.stepzero.guard.secrets.SecretValue;
import dev.stepzero.ship.engine.StepOutput;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets a command's output through up to a limit. The flood beyond it is counted and only its last lines are kept, to
 * be given out at the end: what a program says last is usually why it failed.
 */
final class HeadAndTail {
    private static final int LONGEST_TAIL = 64 * 1024;

    private final StepOutput output;
    private final long limit;
    private final Runnable whenOver;
    private final Masking masking;
    private final Lines lines;
    private final Deque<String> tail = new ArrayDeque<>();
    private int tailLength;
    private long leftOut;
    private long total;
    private boolean canary;
    private boolean finished;

    /**
     * @param limit how many bytes pass; the tail comes on top
     * @param secrets what is hidden in it
     * @param whenOver called once, as soon as there is more, and when a canary shows up
     */
    HeadAndTail(StepOutput output, long limit, List<SandboxCommand.Secret> secrets, Runnable whenOver) {
        this.output = output;
        var hidden = values(secrets, false);
        var canaries = values(secrets, true);
        this.masking = new Masking(this::line, hidden, canaries, this::canarySeen);
        hidden.forEach(value -> Arrays.fill(value, (byte) 0));
        canaries.forEach(value -> Arrays.fill(value, (byte) 0));
        this.lines = new Lines(masking::line);
        this.limit = limit;
        this.whenOver = whenOver;
    }

    synchronized void take(byte[] bytes) {
        if (finished) {
            return;
        }
        boolean within = total <= limit;
        total += bytes.length;
        lines.take(bytes);
        if (within && total > limit) {
            whenOver.run();
        }
    }

    /** Gives out what is left, once; what comes after it is lost. */
    synchronized void finish() {
        if (finished) {
            return;
        }
        finished = true;
        lines.finish();
        masking.finish();
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

    /** Whether a canary showed up. */
    synchronized boolean canary() {
        return canary;
    }

    private void canarySeen() {
        if (!canary) {
            canary = true;
            whenOver.run();
        }
    }

    private static List<byte[]> values(List<SandboxCommand.Secret> secrets, boolean canaries) {
        return secrets.stream()
                .map(SandboxCommand.Secret::issued)
                .filter(issued -> issued.canary() == canaries)
                .flatMap(issued -> Stream.concat(Stream.of(issued.value()), issued.previous().stream()))
                .map(SecretValue::copy)
                .toList();
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
