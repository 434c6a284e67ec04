package dev.stepzero.scan.packages.installed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Composes package headers and the three kinds of database that hold them. */
final class RpmFixture {
    private static final int PAGE = 4096;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final List<int[]> index = new ArrayList<>();
    private final List<String> directories = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    RpmFixture(String name, String version, String release) {
        text(1000, name).text(1001, version).text(1002, release);
    }

    RpmFixture epoch(int epoch) {
        return numbers(1003, List.of(epoch));
    }

    RpmFixture architecture(String architecture) {
        return text(1022, architecture);
    }

    RpmFixture license(String license) {
        return text(1014, license);
    }

    RpmFixture source(String file) {
        return text(1044, file);
    }

    RpmFixture file(String directory, String name) {
        directories.add(directory);
        names.add(name);
        return this;
    }

    private RpmFixture text(int tag, String text) {
        index.add(new int[] {tag, 6, data.size(), 1});
        data.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private void texts(int tag, List<String> texts) {
        index.add(new int[] {tag, 8, data.size(), texts.size()});
        texts.forEach(text -> data.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8)));
    }

    private RpmFixture numbers(int tag, List<Integer> numbers) {
        while (data.size() % 4 != 0) {
            data.write(0);
        }
        index.add(new int[] {tag, 4, data.size(), numbers.size()});
        numbers.forEach(
                number -> data.writeBytes(ByteBuffer.allocate(4).putInt(number).array()));
        return this;
    }

    byte[] header() {
        if (!names.isEmpty()) {
            var places = new ArrayList<Integer>();
            for (int i = 0; i < names.size(); i++) {
                places.add(i);
            }
            numbers(1116, places);
            texts(1117, names);
            texts(1118, directories);
        }
        var header = ByteBuffer.allocate(8 + 16 * index.size() + data.size());
        header.putInt(index.size()).putInt(data.size());
        index.forEach(entry -> {
            for (int number : entry) {
                header.putInt(number);
            }
        });
        return header.put(data.toByteArray()).array();
    }

    static byte[] ndb(byte[]... headers) {
        var file = ByteBuffer.allocate(PAGE * 8).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RpmP".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(1).putInt(1);
        file.position(32);
        int block = PAGE / 16;
        for (int i = 0; i < (PAGE - 32) / 16; i++) {
            int length = i < headers.length ? headers[i].length : 0;
            file.put("Slot".getBytes(StandardCharsets.US_ASCII));
            file.putInt(length == 0 ? 0 : i + 1).putInt(length == 0 ? 0 : block).putInt((length + 31) / 16);
            if (length > 0) {
                int next = file.position();
                file.position(block * 16);
                file.put("BlbS".getBytes(StandardCharsets.US_ASCII))
                        .putInt(i + 1)
                        .putInt(1)
                        .putInt(length);
                file.put(headers[i]);
                file.position(next);
                block += (length + 47) / 16;
            }
        }
        return file.array();
    }

    /** One page of keys and values; the first value is on the page, the others on pages of their own. */
    static byte[] berkeley(byte[]... headers) {
        var file = ByteBuffer.allocate(PAGE * (2 + headers.length)).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(12, 0x00061561).putInt(20, PAGE).putInt(32, 1 + headers.length);
        var page = file.slice(PAGE, PAGE).order(ByteOrder.LITTLE_ENDIAN);
        page.put(25, (byte) 13).putShort(20, (short) (2 * headers.length));
        int free = PAGE;
        for (int i = 0; i < headers.length; i++) {
            free -= 5;
            page.putShort(26 + 4 * i, (short) free).put(free, (byte) 1);
            if (i == 0) {
                free -= headers[i].length + 1;
                page.put(free, (byte) 1).put(free + 1, headers[i]);
            } else {
                free -= 12;
                page.put(free, (byte) 3).putInt(free + 4, 1 + i).putInt(free + 8, headers[i].length);
                var overflow = file.slice((1 + i) * PAGE, PAGE).order(ByteOrder.LITTLE_ENDIAN);
                overflow.put(25, (byte) 7)
                        .putShort(22, (short) headers[i].length)
                        .put(26, headers[i]);
            }
            page.putShort(28 + 4 * i, (short) free);
        }
        return file.array();
    }

    /** A schema page, a page that leads to one leaf each, and what does not fit there. */
    static byte[] sqlite(byte[]... headers) {
        var pages = new ArrayList<byte[]>();
        var schema = leaf(100, List.of(row(1, record("table", "Packages", "Packages", 2, "CREATE TABLE ..."))));
        System.arraycopy("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII), 0, schema, 0, 16);
        ByteBuffer.wrap(schema).putShort(16, (short) PAGE);
        var root = ByteBuffer.allocate(PAGE);
        root.put((byte) 5).putShort(3, (short) (headers.length - 1));
        pages.add(schema);
        pages.add(root.array());
        for (int i = 0; i < headers.length; i++) {
            var payload = record(null, headers[i]);
            int first = pages.size() + 1;
            pages.add(new byte[0]);
            pages.set(first - 1, leaf(0, List.of(spilling(i + 1, payload, pages))));
            if (i == headers.length - 1) {
                root.putInt(8, first);
            } else {
                int cell = PAGE - 5 * (i + 1);
                root.putShort(12 + 2 * i, (short) cell).putInt(cell, first);
            }
        }
        var file = new ByteArrayOutputStream();
        pages.forEach(file::writeBytes);
        return file.toByteArray();
    }

    static void makeCyclic(byte[] sqlite) {
        ByteBuffer.wrap(sqlite).putInt(PAGE + 8, 2);
    }

    private static byte[] leaf(int start, List<byte[]> cells) {
        var page = ByteBuffer.allocate(PAGE);
        page.put(start, (byte) 13).putShort(start + 3, (short) cells.size());
        int free = PAGE;
        for (int i = 0; i < cells.size(); i++) {
            free -= cells.get(i).length;
            page.putShort(start + 8 + 2 * i, (short) free).put(free, cells.get(i));
        }
        return page.array();
    }

    private static byte[] row(int number, byte[] payload) {
        var cell = new ByteArrayOutputStream();
        varint(cell, payload.length);
        varint(cell, number);
        cell.writeBytes(payload);
        return cell.toByteArray();
    }

    private static byte[] spilling(int number, byte[] payload, List<byte[]> pages) {
        int most = PAGE - 35;
        if (payload.length <= most) {
            return row(number, payload);
        }
        int least = (PAGE - 12) * 32 / 255 - 23;
        int surplus = least + (payload.length - least) % (PAGE - 4);
        int inline = surplus <= most ? surplus : least;
        var cell = new ByteArrayOutputStream();
        varint(cell, payload.length);
        varint(cell, number);
        cell.write(payload, 0, inline);
        cell.writeBytes(ByteBuffer.allocate(4).putInt(pages.size() + 1).array());
        for (int at = inline; at < payload.length; at += PAGE - 4) {
            int length = Math.min(PAGE - 4, payload.length - at);
            int next = at + length < payload.length ? pages.size() + 2 : 0;
            pages.add(ByteBuffer.allocate(PAGE)
                    .putInt(next)
                    .put(payload, at, length)
                    .array());
        }
        return cell.toByteArray();
    }

    private static byte[] record(Object... values) {
        var types = new ByteArrayOutputStream();
        var body = new ByteArrayOutputStream();
        for (var value : values) {
            switch (value) {
                case String text -> {
                    varint(types, 13 + 2L * text.length());
                    body.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
                }
                case Integer number -> {
                    types.write(1);
                    body.write(number);
                }
                case byte[] blob -> {
                    varint(types, 12 + 2L * blob.length);
                    body.writeBytes(blob);
                }
                case null, default -> types.write(0);
            }
        }
        var record = new ByteArrayOutputStream();
        varint(record, types.size() + 1);
        record.writeBytes(types.toByteArray());
        record.writeBytes(body.toByteArray());
        return record.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        for (int shift = 28; shift > 0; shift -= 7) {
            if (value >= 1L << shift) {
                out.write((int) (value >> shift & 0x7f | 0x80));
            }
        }
        out.write((int) (value & 0x7f));
    }
}
