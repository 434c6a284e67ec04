package dev.stepzero.scan.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an error where more comes than was announced. */
final class BoundedStream extends FilterInputStream {
    private long left;

    BoundedStream(InputStream in, long most) {
        super(in);
        left = most;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        left -= Math.max(0, count);
        if (left < 0) {
            throw new IOException("more bytes come than were announced");
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        var scratch = new byte[Math.clamp(count, 0, 8192)];
        return Math.max(0, read(scratch, 0, scratch.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
