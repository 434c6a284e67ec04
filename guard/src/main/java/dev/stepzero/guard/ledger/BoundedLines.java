package dev.stepzero.guard.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines in UTF-8, none of them longer than it may be, and says where in the file each ended. */
final class BoundedLines {
    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private long position;

    BoundedLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /**
     * The next line without its end; empty behind the last one. What follows the last line's end is no line.
     *
     * @throws IllegalArgumentException if the line is too long or no UTF-8
     */
    Optional<String> next() throws IOException {
        var line = new ByteArrayOutputStream(1024);
        while (true) {
            if (at == filled) {
                filled = Math.max(0, in.read(buffer));
                at = 0;
                if (filled == 0) {
                    return Optional.empty();
                }
            }
            var end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, at, end - at);
            if (line.size() > longest) {
                throw new IllegalArgumentException("it is longer than %d bytes".formatted(longest));
            }
            if (end < filled) {
                at = end + 1;
                position += line.size() + 1;
                return Optional.of(decode(line.toByteArray()));
            }
            at = end;
        }
    }

    private static String decode(byte[] line) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is no UTF-8", e);
        }
    }

    /** How many bytes the lines so far had, with their ends. */
    long position() {
        return position;
    }
}
