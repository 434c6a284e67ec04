package dev.stepzero.ship.debian;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails where it gives more bytes than it may. */
final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        var read = super.read();
        return read < 0 ? read : (int) count(read, 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var read = super.read(buffer, offset, length);
        return read < 0 ? read : (int) count(read, read);
    }

    @Override
    public long skip(long bytes) throws IOException {
        var skipped = super.skip(bytes);
        return count(skipped, skipped);
    }

    private long count(long result, long bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new IOException("it unpacks to more than it may");
        }
        return result;
    }
}
