package dev.stepzero.server.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a client says that it wants and has, which may be compressed, up to a size. */
final class WantStream extends FilterInputStream {
    private final long most;
    private long seen;

    WantStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        var count = super.read(bytes, from, length);
        seen += Math.max(0, count);
        if (seen > most) {
            throw new IOException("a request to fetch has at most %d bytes".formatted(most));
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
