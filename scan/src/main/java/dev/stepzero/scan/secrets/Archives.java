package dev.stepzero.scan.secrets;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks into archives, also those within others: zip with all that is made of it (Java archives, Office files), tar and
 * gzip. What they may grow to is bounded, by entries, by depth and against their own size, each and all together.
 */
final class Archives {
    private static final List<String> COMPRESSED = List.of(".tar.gz", ".tgz");
    private static final int DEEPEST = 3;
    private static final int MOST_ENTRIES = 20_000;
    private static final long MOST_BYTES = 512L << 20;
    private static final long FREE_BYTES = 16L << 20;
    private static final int MOST_GROWTH = 200;
    private static final long MOST_BYTES_IN_ALL = 1L << 30;
    private static final long FREE_BYTES_IN_ALL = 64L << 20;
    private static final int MOST_HEADER = 1 << 20;

    private final ContentSearch search;
    private final ContentSearch.Report report;
    private final byte[] scratch = new byte[64 << 10];

    /** What the outermost archive has given up to now, and all that came out of it and of those within. */
    private Count outermost = new Count(InputStream.nullInputStream());

    private long outOfAll;

    /** What an archive is made with. */
    enum Kind {
        ZIP,
        GZIP,
        TAR
    }

    Archives(ContentSearch search, ContentSearch.Report report) {
        this.search = search;
        this.report = report;
    }

    static Optional<Kind> kind(byte[] head, int length, String path) {
        if (length > 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
            return Optional.of(Kind.ZIP);
        }
        if (length > 2 && head[0] == 0x1f && (head[1] & 0xff) == 0x8b) {
            return Optional.of(Kind.GZIP);
        }
        boolean tar =
                length > 262 && new String(head, 257, 5, java.nio.charset.StandardCharsets.US_ASCII).equals("ustar");
        boolean named = path.endsWith(".tar") || COMPRESSED.stream().anyMatch(path::endsWith);
        return tar || (named && length >= 512) ? Optional.of(Kind.TAR) : Optional.empty();
    }

    /** All that is in one file is too much; what is within it says no more than that. */
    private static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;

        TooMuch() {
            super("it grows beyond what is searched");
        }
    }

    /** Counts what comes out against what went in, and fails where it grows too much. */
    private final class Bound extends FilterInputStream {
        private final Count source;
        private long out;

        Bound(InputStream stream, Count source) {
            super(stream);
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            out += Math.max(0, read);
            outOfAll += Math.max(0, read);
            if (exceeds(outOfAll, outermost, FREE_BYTES_IN_ALL, MOST_BYTES_IN_ALL)) {
                throw new TooMuch();
            }
            if (exceeds(out, source, FREE_BYTES, MOST_BYTES)) {
                throw new ZipException("it grows beyond what is searched");
            }
            return read;
        }

        /** Whoever reads an entry to its end may close it; the archive goes on behind it. */
        @Override
        public void close() {}

        private boolean exceeds(long given, Count of, long free, long most) {
            return given > most || (given > free && given / MOST_GROWTH > of.count);
        }
    }

    private static final class Count extends FilterInputStream {
        private long count;
        private long allowed = Long.MAX_VALUE;

        Count(InputStream stream) {
            super(stream);
        }

        /** Lets so many bytes more pass. */
        void allow(long bytes) {
            allowed = bytes == Long.MAX_VALUE ? bytes : count + bytes;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count += Math.max(0, read);
            if (count > allowed) {
                throw new IOException("a header is longer than %d bytes".formatted(MOST_HEADER));
            }
            return read;
        }
    }

    void look(String path, String origin, InputStream content, Kind kind, int depth)
            throws IOException, InterruptedException {
        if (depth >= DEEPEST) {
            report.skipped(path, "an archive in archives, deeper than %d".formatted(DEEPEST));
            return;
        }
        var count = new Count(content);
        if (depth == 0) {
            outermost = count;
            outOfAll = 0;
        }
        try {
            switch (kind) {
                case ZIP -> zip(path, origin, count, depth);
                case GZIP -> {
                    var inner = new Bound(new GZIPInputStream(new BufferedInputStream(count)), count);
                    search.look(unpackedName(path), origin, inner, depth + 1);
                }
                case TAR -> tar(path, origin, count, depth);
            }
        } catch (InterruptedIOException e) {
            throw new InterruptedException();
        } catch (TooMuch e) {
            if (depth > 0) {
                throw e;
            }
            report.skipped(path, "the archive cannot be read to its end: " + e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            report.skipped(path, "the archive cannot be read to its end: " + e.getMessage());
        }
    }

    /** A compressed archive is one in the eyes of whoever looks for the file; anything else has its own name in it. */
    private static String unpackedName(String path) {
        return COMPRESSED.stream().anyMatch(path::endsWith)
                ? path
                : path + "!/" + path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.gz$", "");
    }

    private void zip(String path, String origin, Count count, int depth) throws IOException, InterruptedException {
        var zip = new ZipInputStream(new BufferedInputStream(count));
        var bound = new Bound(zip, count);
        int entries = 0;
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (++entries > MOST_ENTRIES) {
                report.skipped(path, "it has more than %d entries: the rest was not searched".formatted(MOST_ENTRIES));
                return;
            }
            if (!entry.isDirectory() && !entry.getName().endsWith(".class")) {
                search.look(path + "!/" + entry.getName(), origin, bound, depth + 1);
            }
        }
    }

    private void tar(String path, String origin, Count count, int depth) throws IOException, InterruptedException {
        var headers = new Count(new BufferedInputStream(count));
        var tar = new TarArchiveInputStream(headers);
        // What is written down as sparse grows too.
        var bound = new Bound(tar, count);
        int entries = 0;
        for (var entry = next(tar, headers); entry != null; entry = next(tar, headers)) {
            if (++entries > MOST_ENTRIES) {
                report.skipped(path, "it has more than %d entries: the rest was not searched".formatted(MOST_ENTRIES));
                return;
            }
            if (entry.isFile()) {
                search.look(path + "!/" + entry.getName(), origin, bound, depth + 1);
            }
            while (bound.read(scratch) >= 0) {
                // What was not searched is passed over here, so that a header is all that the next call reads.
            }
        }
    }

    /** The next entry; a name may be of any length, and few bytes of gzip can hold one of gigabytes. */
    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, Count headers) throws IOException {
        headers.allow(MOST_HEADER);
        var entry = tar.getNextEntry();
        headers.allow(Long.MAX_VALUE);
        return entry;
    }
}
