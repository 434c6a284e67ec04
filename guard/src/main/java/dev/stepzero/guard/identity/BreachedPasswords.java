package dev.stepzero.guard.identity;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A list of stolen passwords on this machine, in the format of Have I Been Pwned's download: a line each, the SHA-1 in
 * upper-case hex, a colon and a number, sorted by the SHA-1. Nothing leaves the machine. Without a file nothing is in it.
 *
 * @param file where it would be
 */
public record BreachedPasswords(Path file) {
    private static final int DIGITS = 40;
    private static final int LONGEST_LINE = 64;

    public boolean contains(String password) {
        if (!Files.isReadable(file)) {
            return false;
        }
        try (var list = new RandomAccessFile(file.toFile(), "r")) {
            return contains(list, sha1(password));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Halves the file until the line is found that begins at or after the place. */
    private static boolean contains(RandomAccessFile list, String wanted) throws IOException {
        long low = 0;
        long high = list.length();
        while (low < high) {
            long middle = (low + high) >>> 1;
            var line = lineFrom(list, middle);
            if (line.compareTo(wanted) >= 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return lineFrom(list, low).equals(wanted);
    }

    /** The SHA-1 of the first line that begins at a place or after; greater than any at the end. */
    private static String lineFrom(RandomAccessFile list, long place) throws IOException {
        list.seek(Math.max(0, place - 1));
        if (place > 0) {
            skipLine(list);
        }
        var bytes = new byte[DIGITS];
        int read = list.read(bytes);
        return read < DIGITS ? "~" : new String(bytes, StandardCharsets.US_ASCII);
    }

    private static void skipLine(RandomAccessFile list) throws IOException {
        var bytes = new byte[LONGEST_LINE];
        long start = list.getFilePointer();
        int read = list.read(bytes);
        for (int at = 0; at < read; at++) {
            if (bytes[at] == '\n') {
                list.seek(start + at + 1);
                return;
            }
        }
        list.seek(list.length());
    }

    private static String sha1(String password) {
        try {
            // stepzero:ignore java-weak-hash the public list is kept by this hash, nothing of ours
            var digest = MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
