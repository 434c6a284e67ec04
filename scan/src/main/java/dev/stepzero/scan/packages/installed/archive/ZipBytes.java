package dev.stepzero.scan.packages.installed.archive;

import dev.stepzero.scan.packages.installed.bytes.Bytes;
import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A ZIP archive in memory, read by its central directory as the JVM reads it, so that entries which only a reader of the
 * stream would see are not there. Nothing is decompressed unless asked.
 */
public final class ZipBytes {
    private static final long END = 0x06054b50;
    private static final long END_64 = 0x06064b50;
    private static final long LOCATOR_64 = 0x07064b50;
    private static final long ENTRY = 0x02014b50;
    private static final long LOCAL = 0x04034b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 65535;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int MOST_ENTRIES = 1 << 18;

    private final Bytes bytes;
    private final List<Entry> entries;

    /**
     * A file of the archive.
     *
     * @param method 0 if it is stored as it is, 8 if it is deflated
     * @param size uncompressed, as the archive claims
     */
    public record Entry(String name, int method, long compressedSize, long size, long offset) {}

    private ZipBytes(Bytes bytes, List<Entry> entries) {
        this.bytes = bytes;
        this.entries = List.copyOf(entries);
    }

    /** Reads the directory of an archive. @throws UnreadableFile if it has none, or a broken one */
    public static ZipBytes open(byte[] content) {
        return open(Bytes.of(content, ByteOrder.LITTLE_ENDIAN));
    }

    static ZipBytes open(Bytes bytes) {
        long end = end(bytes);
        long size = bytes.u32(end + 12);
        long offset = bytes.u32(end + 16);
        long directoryEnd = end;
        if ((offset == 0xffffffffL || bytes.u16(end + 10) == 0xffff)
                && end >= 20
                && bytes.u32(end - 20) == LOCATOR_64) {
            // The locator counts from the archive's start, before which a start script may be.
            directoryEnd = end - 20 - 56;
            if (bytes.u32(directoryEnd) != END_64) {
                throw new UnreadableFile("has a broken directory");
            }
            size = bytes.u64(directoryEnd + 40);
            offset = bytes.u64(directoryEnd + 48);
        }
        long start = directoryEnd - size;
        return new ZipBytes(bytes, entries(bytes.part(start, size), start - offset));
    }

    private static long end(Bytes bytes) {
        long lowest = Math.max(0, (long) bytes.length() - END_LENGTH - LONGEST_COMMENT);
        for (long at = (long) bytes.length() - END_LENGTH; at >= lowest; at--) {
            if (bytes.u32(at) == END) {
                return at;
            }
        }
        throw new UnreadableFile("no ZIP archive");
    }

    private static List<Entry> entries(Bytes directory, long shift) {
        var entries = new ArrayList<Entry>();
        for (long at = 0; at < directory.length(); ) {
            if (directory.u32(at) != ENTRY || entries.size() == MOST_ENTRIES) {
                throw new UnreadableFile("has a broken directory");
            }
            int name = directory.u16(at + 28);
            entries.add(new Entry(
                    directory.part(at + 46, name).text(),
                    directory.u16(at + 10),
                    directory.u32(at + 20),
                    directory.u32(at + 24),
                    directory.u32(at + 42) + shift));
            at += 46L + name + directory.u16(at + 30) + directory.u16(at + 32);
        }
        return entries;
    }

    public List<Entry> entries() {
        return entries;
    }

    /** A file's bytes; those of a stored one share the archive's. @throws UnreadableFile if they are more than that */
    Bytes bytes(Entry entry, int most) {
        if (bytes.u32(entry.offset) != LOCAL) {
            throw new UnreadableFile("has a directory that leads astray");
        }
        long start = entry.offset + 30 + bytes.u16(entry.offset + 26) + bytes.u16(entry.offset + 28);
        var raw = bytes.part(start, entry.compressedSize);
        return switch (entry.method) {
            case STORED -> {
                refuseMore(raw.length(), most, entry);
                yield raw;
            }
            case DEFLATED -> Bytes.of(inflated(raw, entry, most), ByteOrder.LITTLE_ENDIAN);
            default -> throw new UnreadableFile("is compressed in a way that Java does not know");
        };
    }

    /** A copy of a file's bytes. @throws UnreadableFile if they are more than that */
    public byte[] content(Entry entry, int most) {
        return bytes(entry, most).copy();
    }

    private static void refuseMore(long size, int most, Entry entry) {
        if (size > most) {
            throw new UnreadableFile("holds " + entry.name + ", which is larger than " + most + " bytes");
        }
    }

    private static byte[] inflated(Bytes raw, Entry entry, int most) {
        refuseMore(entry.size, most, entry);
        var content = new byte[(int) entry.size];
        var inflater = new Inflater(true);
        try {
            inflater.setInput(raw.array(), raw.offset(), raw.length());
            int filled = 0;
            while (filled < content.length && !inflater.finished()) {
                int count = inflater.inflate(content, filled, content.length - filled);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new UnreadableFile("holds damaged data");
                }
                filled += count;
            }
            if (filled < content.length) {
                throw new UnreadableFile("holds less data than it claims");
            }
            return content;
        } catch (DataFormatException e) {
            throw new UnreadableFile("holds damaged data");
        } finally {
            inflater.end();
        }
    }
}
