package dev.stepzero.scan.image;

import dev.stepzero.core.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Counts and optionally hashes what passes, and stops a stream that grows beyond its allowance or whose reader is interrupted. */
final class Meter extends FilterInputStream {
    private final @Nullable MessageDigest hash;
    private long count;
    private long allowed = Long.MAX_VALUE;
    private String onExcess = "";

    private Meter(InputStream in, @Nullable MessageDigest hash) {
        super(in);
        this.hash = hash;
    }

    Meter(InputStream in) {
        this(in, null);
    }

    static Meter hashing(InputStream in) {
        return new Meter(in, Digest.sha256());
    }

    long count() {
        return count;
    }

    /** The digest of what has passed. */
    Digest digest() {
        if (hash == null) {
            throw new IllegalStateException("this meter does not hash");
        }
        return new Digest(HexFormat.of().formatHex(hash.digest()));
    }

    /** Lets so many bytes more pass, then fails with the message. */
    void allow(long bytes, String otherwise) {
        allowed = bytes > Long.MAX_VALUE - count ? Long.MAX_VALUE : count + bytes;
        onExcess = otherwise;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var read = super.read(into, offset, length);
        if (read > 0) {
            if (hash != null) {
                hash.update(into, offset, read);
            }
            passed(read);
        }
        return read;
    }

    /** Skips by reading where the bytes must be hashed. */
    @Override
    public long skip(long bytes) throws IOException {
        if (hash != null) {
            var scratch = new byte[Math.clamp(bytes, 0, 8192)];
            return Math.max(0, read(scratch, 0, scratch.length));
        }
        var skipped = super.skip(bytes);
        passed(skipped);
        return skipped;
    }

    private void passed(long bytes) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException();
        }
        count += bytes;
        if (count > allowed) {
            throw new ExcessException(onExcess);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** The input asks for more than it may. */
    static final class ExcessException extends IOException {
        private static final long serialVersionUID = 1L;

        ExcessException(String message) {
            super(message);
        }
    }
}
