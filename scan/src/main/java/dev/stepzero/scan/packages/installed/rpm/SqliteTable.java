package dev.stepzero.scan.packages.installed.rpm;

import dev.stepzero.scan.packages.installed.bytes.Bytes;
import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the rows of a table of an SQLite 3 database (its file format, sections 1 and 2); no index, no query. */
final class SqliteTable {
    private static final String MAGIC = "SQLite format 3\0";
    private static final int FILE_HEADER = 100;
    private static final int INTERIOR = 5;
    private static final int LEAF = 13;
    private static final int DEEPEST = 20;
    private static final int LARGEST_ROW = 64 << 20;

    private final Bytes bytes;
    private final int pageSize;
    private final int usable;
    private long pagesLeft;
    private long overflowLeft;

    SqliteTable(Bytes bytes) {
        this.bytes = bytes;
        int size = bytes.u16(16);
        this.pageSize = size == 1 ? 65536 : size;
        this.usable = pageSize - bytes.u8(20);
        if (pageSize < 512 || Integer.bitCount(pageSize) != 1 || usable < 480) {
            throw new UnreadableFile("has pages of an impossible size");
        }
        pagesLeft = 2L * (bytes.length() / pageSize) + 2;
        overflowLeft = 2L * bytes.length();
    }

    static boolean isDatabase(Bytes bytes) {
        return bytes.length() >= FILE_HEADER
                && bytes.part(0, MAGIC.length()).text().equals(MAGIC);
    }

    /** A column's value: where it is in its row, and its kind. */
    private record Value(long type, Bytes bytes) {
        boolean isBlob() {
            return type >= 12 && type % 2 == 0;
        }

        long number() {
            long number = 0;
            for (int i = 0; i < bytes.length(); i++) {
                number = (number << 8) | bytes.u8(i);
            }
            return type == 9 ? 1 : number;
        }
    }

    /** Gives every blob in the rows of a table; none if there is no such table. */
    void blobs(String table, Consumer<Bytes> blobs) {
        rows(1, 0, schema -> {
            if (schema.size() >= 4
                    && schema.get(0).bytes().text().equals("table")
                    && schema.get(1).bytes().text().equals(table)) {
                rows(
                        schema.get(3).number(),
                        0,
                        row -> row.stream().filter(Value::isBlob).forEach(value -> blobs.accept(value.bytes())));
            }
        });
    }

    private void rows(long number, int depth, Consumer<List<Value>> rows) {
        if (depth > DEEPEST || --pagesLeft < 0) {
            throw new UnreadableFile("has a table that leads back to itself");
        }
        var page = page(number);
        int start = number == 1 ? FILE_HEADER : 0;
        int kind = page.u8(start);
        int cells = page.u16(start + 3L);
        switch (kind) {
            case INTERIOR -> {
                for (int i = 0; i < cells; i++) {
                    rows(page.u32(page.u16(start + 12L + 2L * i)), depth + 1, rows);
                }
                rows(page.u32(start + 8L), depth + 1, rows);
            }
            case LEAF -> {
                for (int i = 0; i < cells; i++) {
                    rows.accept(values(payload(page, page.u16(start + 8L + 2L * i))));
                }
            }
            default -> throw new UnreadableFile("has a table page of unknown kind " + kind);
        }
    }

    private Bytes payload(Bytes page, int cell) {
        var length = Varint.at(page, cell);
        var row = Varint.at(page, length.end());
        int inline = inline(length.value());
        var start = page.part(row.end(), inline);
        if (inline == length.value()) {
            return start;
        }
        overflowLeft -= length.value();
        if (length.value() > LARGEST_ROW || overflowLeft < 0) {
            throw new UnreadableFile("has rows larger than itself");
        }
        var whole = new byte[(int) length.value()];
        start.copyTo(whole, 0);
        int filled = inline;
        for (long next = page.u32(row.end() + inline); filled < whole.length; ) {
            var overflow = page(next);
            int size = Math.min(usable - 4, whole.length - filled);
            overflow.part(4, size).copyTo(whole, filled);
            filled += size;
            next = overflow.u32(0);
        }
        return Bytes.of(whole, ByteOrder.BIG_ENDIAN);
    }

    /** How much of a payload is on the page itself (section 1.6 of the format). */
    private int inline(long length) {
        if (length < 0) {
            throw new UnreadableFile("has a row of impossible length");
        }
        int most = usable - 35;
        if (length <= most) {
            return (int) length;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        long surplus = least + (length - least) % (usable - 4);
        return (int) (surplus <= most ? surplus : least);
    }

    private static List<Value> values(Bytes payload) {
        var header = Varint.at(payload, 0);
        var values = new ArrayList<Value>();
        long at = header.value();
        for (long next = header.end(); next < header.value(); ) {
            var type = Varint.at(payload, next);
            next = type.end();
            long size = size(type.value());
            values.add(new Value(type.value(), payload.part(at, size)));
            at += size;
        }
        return values;
    }

    private static long size(long type) {
        if (type < 0 || type == 10 || type == 11) {
            throw new UnreadableFile("has a value of unknown type");
        }
        return switch ((int) Math.min(type, 12)) {
            case 0, 8, 9 -> 0;
            case 1, 2, 3, 4 -> type;
            case 5 -> 6;
            case 6, 7 -> 8;
            default -> (type - 12) / 2;
        };
    }

    private Bytes page(long number) {
        return bytes.part((number - 1) * pageSize, pageSize);
    }

    /**
     * Seven bits a byte, the highest first; the ninth byte gives all eight.
     *
     * @param end where what follows begins
     */
    private record Varint(long value, long end) {
        static Varint at(Bytes bytes, long at) {
            long value = 0;
            for (int i = 0; i < 8; i++) {
                int next = bytes.u8(at + i);
                value = (value << 7) | (next & 0x7f);
                if (next < 0x80) {
                    return new Varint(value, at + i + 1);
                }
            }
            return new Varint((value << 8) | bytes.u8(at + 8), at + 9);
        }
    }
}
