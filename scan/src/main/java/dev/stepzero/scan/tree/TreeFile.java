package dev.stepzero.scan.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A regular file of a tree.
 *
 * @param path relative to the tree, with {@code /} between its parts
 * @param location where it lies
 * @param size in bytes, when the tree was read
 */
public record TreeFile(String path, Path location, long size) {
    /** Larger files are not configuration that somebody wrote. */
    public static final long MOST_BYTES = 32L << 20;

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The directory, without a slash at its end; empty for the tree's root. */
    public String directory() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** All of it. @throws UnreadableFile if it is too large or cannot be read */
    public byte[] bytes() throws UnreadableFile {
        if (size > MOST_BYTES) {
            throw new UnreadableFile(
                    "it has %d MB, more than the %d that are read".formatted(size >> 20, MOST_BYTES >> 20));
        }
        try {
            return Files.readAllBytes(location);
        } catch (IOException e) {
            throw new UnreadableFile("it cannot be read: " + e.getMessage());
        }
    }

    /** All of it as text, without a byte order mark. @throws UnreadableFile also if it is no UTF-8 */
    public String text() throws UnreadableFile {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes()))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableFile("it is no UTF-8 text");
        }
    }

    /** A file that is there but cannot be had; the message says why. */
    public static final class UnreadableFile extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableFile(String why) {
            super(why);
        }
    }
}
