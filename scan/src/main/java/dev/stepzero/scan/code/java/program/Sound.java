package dev.stepzero.scan.code.java.program;

import java.io.IOException;

/** Reads what anybody may have written with the JDK's reader, which promises less than it throws. */
public final class Sound {
    private Sound() {}

    /** Something that reads. */
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws IOException;
    }

    /** Reads. @throws IOException if it is no sound class file; the message says so */
    public static <T> T read(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | ClassCastException
                | NegativeArraySizeException
                | UnsupportedOperationException
                | NullPointerException e) {
            throw new IOException("it is no sound class file", e);
        } catch (StackOverflowError e) {
            throw new IOException("it is nested too deeply", e);
        }
    }
}
