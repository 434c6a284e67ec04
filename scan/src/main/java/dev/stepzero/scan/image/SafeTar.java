package dev.stepzero.scan.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A tar whose headers are bounded and checked: a few bytes of gzip can hold a name of gigabytes. */
final class SafeTar {
    private static final long LARGEST_HEADER = 1 << 20;

    private final Meter meter;
    private final TarArchiveInputStream tar;
    private final byte[] scratch = new byte[64 << 10];
    private long ordinal;

    SafeTar(Meter meter) {
        this.meter = meter;
        this.tar = new TarArchiveInputStream(meter, "UTF-8");
    }

    /** The next entry; the content of the one before must have been read or skipped. */
    Optional<TarArchiveEntry> next() throws IOException {
        meter.allow(LARGEST_HEADER, "a header takes more than " + LARGEST_HEADER + " bytes");
        var entry = tar.getNextEntry();
        meter.allow(Long.MAX_VALUE, "");
        if (entry == null) {
            return Optional.empty();
        }
        ordinal++;
        if (!entry.isCheckSumOK()) {
            throw new IOException("entry " + ordinal + " has a wrong header checksum");
        }
        if (entry.getSize() < 0) {
            throw new IOException("entry " + ordinal + " has a negative size");
        }
        if (entry.isSparse() || !knownType(entry)) {
            throw new IOException("entry " + Printable.of(entry.getName()) + " has a tar type that no image holds: "
                    + Printable.of(String.valueOf((char) entry.getLinkFlag()))
                    + (entry.isSparse() ? " (sparse)" : ""));
        }
        return Optional.of(entry);
    }

    private static boolean knownType(TarArchiveEntry entry) {
        return switch (entry.getLinkFlag()) {
            case TarConstants.LF_OLDNORM,
                    TarConstants.LF_NORMAL,
                    TarConstants.LF_CONTIG,
                    TarConstants.LF_LINK,
                    TarConstants.LF_SYMLINK,
                    TarConstants.LF_CHR,
                    TarConstants.LF_BLK,
                    TarConstants.LF_DIR,
                    TarConstants.LF_FIFO -> true;
            default -> false;
        };
    }

    /** The content of the current entry; closing it does nothing. */
    InputStream content() {
        return new FilterInputStream(tar) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return tar.read(into, offset, length);
            }

            @Override
            public void close() {}
        };
    }

    /** Where the current entry's content begins in the stream, while none of it was read. */
    long dataOffset() {
        return meter.count();
    }

    void skipContent() throws IOException {
        int read;
        do {
            read = tar.read(scratch, 0, scratch.length);
        } while (read >= 0);
    }
}
