package dev.stepzero.scan.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops a stream that grows too large, or too large for the compressed bytes that it was made from. */
final class BombGuard extends FilterInputStream {
    private final Meter compressed;
    private final int ratio;
    private final long ratioCountsFrom;
    private final long most;
    private long count;

    BombGuard(InputStream in, Meter compressed, int ratio, long ratioCountsFrom, long most) {
        super(in);
        this.compressed = compressed;
        this.ratio = ratio;
        this.ratioCountsFrom = ratioCountsFrom;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var read = super.read(into, offset, length);
        passed(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        var skipped = super.skip(bytes);
        passed(skipped);
        return skipped;
    }

    private void passed(long bytes) throws IOException {
        count += bytes;
        if (count > most) {
            throw new Meter.ExcessException("the image grows beyond its allowance, " + most + " bytes in this layer");
        }
        if (count > ratioCountsFrom && count / ratio > compressed.count()) {
            throw new Meter.ExcessException("it grows to more than " + ratio + " times its compressed size");
        }
    }
}
