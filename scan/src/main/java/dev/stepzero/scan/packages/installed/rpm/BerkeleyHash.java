package dev.stepzero.scan.packages.installed.rpm;

import dev.stepzero.scan.packages.installed.bytes.Bytes;
import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** The values of a Berkeley DB hash database, each either on its page or on a chain of overflow pages. */
final class BerkeleyHash {
    private static final long MAGIC = 0x00061561;
    private static final int HASH_UNSORTED = 2;
    private static final int HASH = 13;
    private static final int OVERFLOW = 7;
    private static final int ON_PAGE = 1;
    private static final int OFF_PAGE = 3;
    private static final int PAGE_HEADER = 26;
    private static final int LARGEST_VALUE = 64 << 20;
    /** Beside the headers there is one counter, of four bytes. */
    private static final int SMALLEST_HEADER = 8;

    private final Bytes bytes;
    private final int pageSize;
    private long left;

    private BerkeleyHash(Bytes bytes) {
        this.bytes = bytes;
        this.pageSize = (int) bytes.u32(20);
        this.left = 2L * bytes.length();
        if (pageSize < 512 || pageSize > 65536 || Integer.bitCount(pageSize) != 1) {
            throw new UnreadableFile("has pages of an impossible size");
        }
    }

    static void values(Bytes littleEndian, Consumer<Bytes> values) {
        if (littleEndian.length() < 512) {
            throw new UnreadableFile("no database of RPM");
        }
        var bytes = littleEndian.u32(12) == MAGIC ? littleEndian : littleEndian.in(ByteOrder.BIG_ENDIAN);
        if (bytes.u32(12) != MAGIC) {
            throw new UnreadableFile("no database of RPM");
        }
        new BerkeleyHash(bytes).values(values);
    }

    private void values(Consumer<Bytes> values) {
        long last = bytes.u32(32);
        for (long number = 1; number <= last && (number + 1) * pageSize <= bytes.length(); number++) {
            var page = page(number);
            int type = page.u8(25);
            if (type == HASH || type == HASH_UNSORTED) {
                valuesOf(page, values);
            }
        }
    }

    /** Keys and values take turns. */
    private void valuesOf(Bytes page, Consumer<Bytes> values) {
        int entries = page.u16(20);
        for (int i = 1; i < entries; i += 2) {
            int at = page.u16(PAGE_HEADER + 2L * i);
            int end = page.u16(PAGE_HEADER + 2L * (i - 1));
            int type = page.u8(at);
            if (type == OFF_PAGE) {
                values.accept(chained(page.u32(at + 4L), page.u32(at + 8L)));
            } else if (type == ON_PAGE && end - at - 1 >= SMALLEST_HEADER) {
                values.accept(page.part(at + 1L, end - at - 1L));
            }
        }
    }

    private Bytes chained(long first, long length) {
        left -= length;
        if (length > LARGEST_VALUE || left < 0) {
            throw new UnreadableFile("has values larger than itself");
        }
        var value = new byte[(int) length];
        int filled = 0;
        for (long number = first; number != 0 && filled < length; ) {
            var page = page(number);
            int size = page.u16(22);
            if (page.u8(25) != OVERFLOW || size == 0 || size > length - filled) {
                throw new UnreadableFile("has a broken chain of pages");
            }
            page.part(PAGE_HEADER, size).copyTo(value, filled);
            filled += size;
            number = page.u32(16);
        }
        if (filled < length) {
            throw new UnreadableFile("has a chain of pages that ends early");
        }
        return Bytes.of(value, ByteOrder.BIG_ENDIAN);
    }

    private Bytes page(long number) {
        return bytes.part(number * pageSize, pageSize);
    }
}
