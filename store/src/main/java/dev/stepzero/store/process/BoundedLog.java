package dev.stepzero.store.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file to which a detached process appends its output. Whoever looks after the process calls {@link #trim()} now and
 * then; the process goes on writing meanwhile.
 *
 * @param file where the lines go; it need not exist yet
 */
public record BoundedLog(Path file) {
    private static final long MOST_BYTES = 8L << 20;
    private static final int KEPT_BYTES = 256 << 10;

    /** The last lines, oldest first; none when there is no file. Reads at most 256 KiB. */
    public List<String> tail(int lines) {
        return since(0, lines);
    }

    /** Where the log ends now, in bytes, for {@link #since}. */
    public long position() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines among those that were written after a position. */
    public List<String> since(long position, int lines) {
        var written = Math.max(0, position() - position);
        try {
            var fresh = written == 0 ? "" : new String(end(written), StandardCharsets.UTF_8);
            var all = fresh.lines().toList();
            return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts a file of more than 8 MiB down to its last 256 KiB; what is written at that very moment may be lost. */
    public void trim() {
        try {
            if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
                var kept = end(KEPT_BYTES);
                try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
                Files.write(file, kept, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] end(long most) throws IOException {
        try (var content = new RandomAccessFile(file.toFile(), "r")) {
            var start = Math.max(0, content.length() - Math.min(most, KEPT_BYTES));
            var bytes = new byte[(int) (content.length() - start)];
            content.seek(start);
            content.readFully(bytes);
            return bytes;
        }
    }
}
