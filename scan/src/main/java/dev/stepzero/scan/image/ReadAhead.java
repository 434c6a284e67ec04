package dev.stepzero.scan.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream in a thread of its own, a megabyte ahead at most, so that layers decompress while their files are looked
 * at. What goes wrong there is thrown here, in its place. The stream belongs to the other thread until this is closed or
 * at its end; closing this does not close it.
 */
final class ReadAhead extends InputStream {
    private static final int CHUNK = 128 << 10;
    private static final int CHUNKS = 8;
    private static final Chunk END = new Chunk(new byte[0], 0, null);

    private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(CHUNKS);
    /** Has room for every chunk and for the end. */
    private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS + 1);

    private final Thread reader;
    private Chunk current = new Chunk(new byte[0], 0, null);
    private int position;

    @SuppressWarnings("ArrayRecordComponent")
    private record Chunk(byte[] bytes, int length, @Nullable Throwable failure) {}

    ReadAhead(InputStream source) {
        for (int i = 0; i < CHUNKS; i++) {
            empty.add(new byte[CHUNK]);
        }
        reader = Thread.ofPlatform().daemon().name("layer-reader").start(() -> fill(source));
    }

    private void fill(InputStream source) {
        try {
            for (; ; ) {
                var bytes = empty.take();
                int length = source.readNBytes(bytes, 0, CHUNK);
                full.add(length == 0 ? END : new Chunk(bytes, length, null));
                if (length == 0) {
                    return;
                }
            }
        } catch (InterruptedException | InterruptedIOException e) {
            // Closed: nobody wants to know the rest.
            full.offer(END);
        } catch (IOException | RuntimeException | Error e) {
            full.add(new Chunk(new byte[0], 0, e));
        }
    }

    @Override
    public int read() throws IOException {
        return available() > 0 || next() ? current.bytes()[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (available() == 0 && !next()) {
            return -1;
        }
        int some = Math.min(length, available());
        System.arraycopy(current.bytes(), position, into, offset, some);
        position += some;
        return some;
    }

    @Override
    public int available() {
        return current.length() - position;
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean next() throws IOException {
        if (current == END) {
            return false;
        }
        if (current.length() > 0) {
            empty.add(current.bytes());
        }
        current = taken();
        position = 0;
        return switch (current.failure()) {
            case null -> current != END;
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IOException(e);
        };
    }

    private Chunk taken() throws InterruptedIOException {
        try {
            return full.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** Stops reading ahead. */
    @Override
    public void close() {
        reader.interrupt();
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
