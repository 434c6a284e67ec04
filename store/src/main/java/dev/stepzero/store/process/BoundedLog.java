package dev.stepzero.store.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        try {
            var all = new String(end(), StandardCharsets.UTF_8).lines().toList();
            return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts a file of more than 8 MiB down to its last 256 KiB; what is written at that very moment may be lost. */
    public void trim() {
        try {
            if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
                var kept = end();
                try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
                Files.write(file, kept, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] end() throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (var content = new RandomAccessFile(file.toFile(), "r")) {
            var start = Math.max(0, content.length() - KEPT_BYTES);
            var bytes = new byte[(int) (content.length() - start)];
            content.seek(start);
            content.readFully(bytes);
            return bytes;
        }
    }
}
