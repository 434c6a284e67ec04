package dev.stepzero.scan.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Gives up on a peer that sends nothing for too long, which a plain stream would wait for without end. */
public final class PatientStream extends FilterInputStream {
    private final Thread watch;
    private final long patience;
    /** When the read that is under way began; 0 while the reader is busy with what it has. */
    private volatile long waitingSince;

    private volatile boolean gaveUp;

    /** Watches a stream until it is closed. */
    public PatientStream(InputStream in, Duration patience) {
        super(in);
        this.patience = patience.toNanos();
        this.watch = Thread.ofVirtual().start(this::watch);
    }

    private void watch() {
        try {
            while (!gaveUp) {
                Thread.sleep(Duration.ofNanos(patience / 4));
                long since = waitingSince;
                if (since != 0 && System.nanoTime() - since > patience) {
                    gaveUp = true;
                    super.close();
                }
            }
        } catch (InterruptedException | IOException e) {
            // The stream was closed: there is nothing left to watch.
            gaveUp = true;
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        // Never 0, which means that nobody waits.
        waitingSince = System.nanoTime() | 1;
        try {
            int count = super.read(into, offset, length);
            if (gaveUp) {
                throw new IOException(
                        "nothing came for " + Duration.ofNanos(patience).toSeconds() + " seconds");
            }
            return count;
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw (InterruptedIOException) new InterruptedIOException().initCause(e);
            }
            throw gaveUp
                    ? new IOException(
                            "nothing came for " + Duration.ofNanos(patience).toSeconds() + " seconds", e)
                    : e;
        } finally {
            waitingSince = 0;
        }
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        super.close();
    }
}
