package dev.stepzero.scan.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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

    private static final OpenOption[] READ = {StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS};

    /** A file that the user names, wherever it lies; a link to it is followed. */
    public static TreeFile named(Path file) throws IOException {
        return new TreeFile(file.toString(), file.toRealPath(), Files.size(file));
    }

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The directory, without a slash at its end; empty for the tree's root. */
    public String directory() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** Its content; a link that took its place since it was listed is not followed. */
    public InputStream open() throws IOException {
        return Files.newInputStream(location, READ);
    }

    /** All of it. @throws UnreadableFile if it is too large or cannot be read */
    public byte[] bytes() throws UnreadableFile {
        if (size > MOST_BYTES) {
            throw new UnreadableFile(
                    "it has %d MB, more than the %d that are read".formatted(size >> 20, MOST_BYTES >> 20));
        }
        try (var in = open()) {
            var bytes = in.readNBytes((int) MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UnreadableFile("it grew while it was read");
            }
            return bytes;
        } catch (IOException e) {
            throw new UnreadableFile("it cannot be read: " + FileFailure.reason(e));
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
