package dev.stepzero.ship.forge.own;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a client pushes, with an end: too many bytes, too long a time, or a pack that says it has too many objects, for
 * which JGit would make room before it has seen one.
 */
final class PushStream extends FilterInputStream {
    private static final int LENGTH_DIGITS = 4;
    private static final int PACK_HEAD_BYTES = 12;
    private static final int COUNT_AT = 8;
    private static final int HEX = 16;
    private static final int BYTE = 8;
    private static final int SKIPPED_AT_ONCE = 8192;

    private final PushLimits limits;
    private final long until;
    private long seen;

    /** Bytes of the packet line that is passing, or of the pack's head once the lines have ended. */
    private long left = LENGTH_DIGITS;

    private boolean inLength = true;
    private boolean inPack;
    private boolean done;
    private int number;
    private int headAt;
    private long objects;

    PushStream(InputStream in, PushLimits limits) {
        super(in);
        this.limits = limits;
        this.until = System.nanoTime() + limits.time().toNanos();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
        var count = super.read(bytes, from, most);
        for (var i = 0; i < count && !done; i++) {
            look(bytes[from + i] & 0xff);
        }
        seen += Math.max(0, count);
        if (seen > limits.bytes()) {
            throw new IOException("a push has at most %d MiB".formatted(limits.bytes() >> 20));
        }
        if (System.nanoTime() - until > 0) {
            throw new IOException(
                    "a push takes at most %d minutes".formatted(limits.time().toMinutes()));
        }
        return count;
    }

    @Override
    public long skip(long most) throws IOException {
        return Math.max(0, read(new byte[Math.clamp(most, 0, SKIPPED_AT_ONCE)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void look(int value) throws IOException {
        if (inPack) {
            head(value);
        } else if (inLength) {
            length(value);
        } else if (--left == 0) {
            inLength = true;
            left = LENGTH_DIGITS;
            number = 0;
        }
    }

    private void length(int value) throws IOException {
        var digit = Character.digit(value, HEX);
        if (digit < 0) {
            throw new IOException("a push begins with packet lines");
        }
        number = number * HEX + digit;
        if (--left > 0) {
            return;
        }
        if (number == 0) {
            inPack = true;
        } else if (number > LENGTH_DIGITS) {
            inLength = false;
            left = number - (long) LENGTH_DIGITS;
        } else {
            left = LENGTH_DIGITS;
            number = 0;
        }
    }

    private void head(int value) throws IOException {
        if (headAt >= COUNT_AT) {
            objects = objects << BYTE | value;
        }
        headAt++;
        if (headAt == PACK_HEAD_BYTES) {
            done = true;
            if (objects > limits.objects()) {
                throw new IOException("a push has at most %,d objects".formatted(limits.objects()));
            }
        }
    }
}
