package dev.stepzero.scan.packages.installed.archive;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.packages.installed.bytes.Bytes;
import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Looks into a JAR, WAR, EAR or fat JAR and the archives within it. One of ordinary size is held in memory and read by
 * its directory, which is what the JVM goes by; a larger one is read as it streams by.
 */
public final class JavaArchive {
    /** Archives up to here are held in memory. */
    static final int WHOLE = 48 << 20;

    private static final int LARGEST_INNER = 48 << 20;
    private static final int LARGEST_TEXT = 1 << 20;
    private static final int DEEPEST = 16;
    /** What may be decompressed or looked at in all of one file; a hundred times that is what a bomb asks for. */
    private static final long BUDGET = 2L << 30;

    private static final Set<String> ENDINGS =
            Set.of("jar", "war", "ear", "sar", "par", "rar", "jpi", "hpi", "nar", "kar");

    private final Consumer<JavaLibrary> libraries;
    private final BiConsumer<String, String> unread;
    private final long most;
    private long budget;

    /**
     * A reader of one file.
     *
     * @param libraries takes what is found
     * @param unread takes the place of an inner archive that cannot be read, and why
     */
    public JavaArchive(Consumer<JavaLibrary> libraries, BiConsumer<String, String> unread) {
        this(libraries, unread, BUDGET);
    }

    JavaArchive(Consumer<JavaLibrary> libraries, BiConsumer<String, String> unread, long most) {
        this.libraries = libraries;
        this.unread = unread;
        this.most = most;
        this.budget = most;
    }

    /** Whether a file's name is that of a Java archive. */
    public static boolean isName(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0
                && dot >= name.length() - 4
                && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * Reads an archive.
     *
     * @throws UnreadableFile if it is no archive, or asks for more than a file may
     * @throws IOException if the stream breaks
     */
    public void read(String name, long size, InputStream stream) throws IOException {
        if (size <= WHOLE) {
            inMemory(name, "", Bytes.of(Bytes.read(stream, (int) size), ByteOrder.LITTLE_ENDIAN), 0);
        } else {
            streamed(name, stream);
        }
    }

    private void inMemory(String name, String within, Bytes bytes, int depth) {
        spend(bytes.length());
        var zip = ZipBytes.open(bytes);
        var traits = new Traits(name);
        for (var entry : zip.entries()) {
            if (Traits.tells(entry.name())) {
                spend(Math.min(entry.size(), LARGEST_TEXT));
                traits.add(entry.name(), zip.bytes(entry, LARGEST_TEXT).text());
            } else if (isName(entry.name())) {
                inner(within + "!/" + entry.name(), depth + 1, () -> {
                    spend(entry.size());
                    return zip.bytes(entry, LARGEST_INNER);
                });
            }
        }
        traits.conclude(within, digest(bytes)).forEach(libraries);
    }

    @FunctionalInterface
    private interface Inner {
        Bytes bytes() throws IOException;
    }

    /** A broken archive within a sound one costs no more than itself. */
    private void inner(String within, int depth, Inner content) {
        try {
            if (depth > DEEPEST) {
                throw new UnreadableFile("nested deeper than " + DEEPEST + " archives");
            }
            inMemory(within.substring(within.lastIndexOf('/') + 1), within, content.bytes(), depth);
        } catch (UnreadableFile | IOException e) {
            if (budget < 0) {
                throw new UnreadableFile("asks for more than an archive may: " + (most >> 20) + " MiB");
            }
            unread.accept(within, String.valueOf(e.getMessage()));
        }
    }

    private void streamed(String name, InputStream stream) throws IOException {
        var sha256 = Digest.sha256();
        var hashed = new DigestInputStream(stream, sha256);
        var traits = new Traits(name);
        try {
            var zip = new ZipInputStream(hashed);
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var path = entry.getName();
                if (Traits.tells(path)) {
                    traits.add(path, new String(zip.readNBytes(LARGEST_TEXT), java.nio.charset.StandardCharsets.UTF_8));
                } else if (isName(path)) {
                    inner("!/" + path, 1, () -> limited(zip));
                }
                skip(zip);
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw new UnreadableFile("no sound ZIP archive");
        }
        hashed.transferTo(OutputStream.nullOutputStream());
        traits.conclude("", digest(sha256)).forEach(libraries);
    }

    private static Bytes limited(InputStream in) throws IOException {
        var content = in.readNBytes(LARGEST_INNER + 1);
        if (content.length > LARGEST_INNER) {
            throw new UnreadableFile("larger than " + (LARGEST_INNER >> 20) + " MiB");
        }
        return Bytes.of(content, ByteOrder.LITTLE_ENDIAN);
    }

    private void skip(InputStream in) throws IOException {
        var scratch = new byte[32 << 10];
        for (int read = in.read(scratch); read > 0; read = in.read(scratch)) {
            spend(read);
        }
    }

    private void spend(long bytes) {
        budget -= bytes;
        if (budget < 0) {
            throw new UnreadableFile("asks for more than an archive may: " + (most >> 20) + " MiB");
        }
    }

    private static Digest digest(Bytes bytes) {
        var sha256 = Digest.sha256();
        sha256.update(bytes.array(), bytes.offset(), bytes.length());
        return digest(sha256);
    }

    private static Digest digest(MessageDigest sha256) {
        return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }
}
