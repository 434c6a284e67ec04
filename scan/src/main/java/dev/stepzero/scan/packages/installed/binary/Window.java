package dev.stepzero.scan.packages.installed.binary;

import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The part of a stream that is in memory: it moves on, and grows where more must be seen at once. */
final class Window {
    private static final int SIZE = 256 << 10;
    private static final int MOST = 16 << 20;

    private final InputStream in;
    private byte[] bytes = new byte[SIZE];
    private int length;
    private long start;
    private boolean ended;

    Window(InputStream in) {
        this.in = in;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Where in the stream the window begins. */
    long start() {
        return start;
    }

    boolean ended() {
        return ended;
    }

    /** Leaves out what is before a place and fills up behind. */
    void moveTo(int from) throws IOException {
        System.arraycopy(bytes, from, bytes, 0, length - from);
        length -= from;
        start += from;
        fill();
    }

    /** Sees so many bytes from a place on, as far as the stream goes. @return how many there are */
    int see(int from, int count) throws IOException {
        if (count > MOST) {
            throw new UnreadableFile("holds module information of " + count + " bytes");
        }
        if (from + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, from + count);
        }
        if (from + count > length) {
            fill();
        }
        return Math.min(count, length - from);
    }

    private void fill() throws IOException {
        int read = in.readNBytes(bytes, length, bytes.length - length);
        ended = length + read < bytes.length;
        length += read;
    }
}
