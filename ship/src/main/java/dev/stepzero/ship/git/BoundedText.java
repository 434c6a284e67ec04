package dev.stepzero.ship.git;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what is written to it. */
final class BoundedText extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;

    BoundedText(int most) {
        this.most = most;
    }

    boolean isFull() {
        return kept.size() >= most;
    }

    @Override
    public void write(int value) {
        if (!isFull()) {
            kept.write(value);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        kept.write(bytes, from, Math.min(count, most - kept.size()));
    }

    @Override
    public String toString() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
