package dev.stepzero.guard.secrets;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The bytes of a secret, overwritten when it is closed. It has no text and no equality: nothing prints, compares or
 * keeps it by mistake.
 */
public final class SecretValue implements AutoCloseable {
    /** Characters of the shortest secret that can be told from ordinary text, and so hidden in output. */
    public static final int SHORTEST = 4;

    /** Bytes of the longest secret: room for a key with its chain of certificates. */
    public static final int LONGEST = 16 * 1024;

    private final byte[] bytes;
    private boolean closed;

    private SecretValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A value that takes the array over, and overwrites it in the end. */
    public static SecretValue of(byte[] bytes) {
        return new SecretValue(bytes);
    }

    /** A copy, which whoever asked for it overwrites. */
    public synchronized byte[] copy() {
        requireOpen();
        return bytes.clone();
    }

    /** Writes the bytes, and nothing else. */
    public synchronized void writeTo(OutputStream out) throws IOException {
        requireOpen();
        out.write(bytes);
    }

    public int length() {
        return bytes.length;
    }

    /** @throws UserError if it could not be hidden in output, or is no secret but a file */
    void requireStorable(SecretId id) {
        if (characters() < SHORTEST) {
            throw UserError.usage("a secret of fewer than %d characters cannot be hidden in output".formatted(SHORTEST))
                    .at(id.toString())
                    .fix("use a longer one");
        }
        if (bytes.length > LONGEST) {
            throw UserError.usage("the secret has %d bytes, at most %d are kept".formatted(bytes.length, LONGEST))
                    .at(id.toString())
                    .fix("keep the file elsewhere, encrypted, and the key to it here");
        }
    }

    /** The characters of UTF-8 without the space around them. */
    private synchronized long characters() {
        requireOpen();
        int from = 0;
        int to = bytes.length;
        while (from < to && isSpace(bytes[from])) {
            from++;
        }
        while (to > from && isSpace(bytes[to - 1])) {
            to--;
        }
        long characters = 0;
        for (int at = from; at < to; at++) {
            characters += (bytes[at] & 0xC0) == 0x80 ? 0 : 1;
        }
        return characters;
    }

    private static boolean isSpace(byte one) {
        return one >= 0 && one <= ' ';
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the secret was overwritten");
        }
    }

    @Override
    public synchronized void close() {
        Arrays.fill(bytes, (byte) 0);
        closed = true;
    }

    @Override
    public String toString() {
        return "***";
    }
}
