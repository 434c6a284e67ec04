package dev.stepzero.scan.classes;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes may still be unpacked of a class path. Safe for use by several threads. */
public final class Allowance {
    private final int file;
    private final long all;
    private final AtomicLong left;

    /**
     * An allowance.
     *
     * @param file how many bytes one file may have
     * @param all how many bytes all may have
     */
    public Allowance(int file, long all) {
        this.file = file;
        this.all = all;
        left = new AtomicLong(all);
    }

    int file() {
        return file;
    }

    /** Takes some away. @throws IOException if that was too much; the message says so */
    void take(int bytes) throws IOException {
        if (left.addAndGet(-bytes) < 0) {
            throw new IOException("the class path unpacks to more than %d MB".formatted(all >> 20));
        }
        if (bytes > file) {
            throw new IOException("it is larger than %d MB".formatted(file >> 20));
        }
    }
}
