package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.scan.vulnerabilities.osv.Advisory;
import dev.stepzero.scan.vulnerabilities.osv.Affected;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a record as a segment keeps it: its length, its head, then each affected package. Each package begins with its
 * distance from the record's begin, so that it can be read alone and still finds its head. Whole numbers are in
 * variable length, texts in UTF-8 after their length.
 */
final class Encoder {
    private byte[] bytes = new byte[4096];
    private int size;

    /** The record; the array is fresh. */
    byte[] encoded(Advisory advisory) {
        size = 0;
        fixed(0);
        head(advisory);
        number(advisory.affected().size());
        for (var affected : advisory.affected()) {
            int lengthAt = size;
            fixed(0);
            fixed(size);
            affected(affected);
            patch(lengthAt, size - lengthAt - Integer.BYTES);
        }
        patch(0, size - Integer.BYTES);
        return Arrays.copyOf(bytes, size);
    }

    private void head(Advisory advisory) {
        var head = advisory.head();
        number(advisory.withdrawn() ? 1 : 0);
        text(head.id());
        text(head.modified());
        texts(head.aliases());
        texts(head.upstream());
        texts(head.related());
        text(head.summary());
        texts(head.ratings());
        number(head.cwe().size());
        head.cwe().forEach(this::number);
    }

    private void affected(Affected affected) {
        text(affected.ecosystem());
        text(affected.name());
        texts(affected.ratings());
        texts(affected.versions());
        number(affected.ranges().size());
        for (var range : affected.ranges()) {
            number(range.semantic() ? 1 : 0);
            number(range.events().size());
            for (var event : range.events()) {
                number(Kinds.code(event.kind()));
                text(event.version());
            }
        }
        // At the end, and only where there are any, so that older segments read the same.
        if (!affected.symbols().isEmpty()) {
            texts(affected.symbols());
        }
    }

    private void texts(List<String> texts) {
        number(texts.size());
        texts.forEach(this::text);
    }

    private void text(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    private void number(int value) {
        room(5);
        int rest = value;
        while (rest > 0x7f) {
            bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void fixed(int value) {
        room(Integer.BYTES);
        size += Integer.BYTES;
        patch(size - Integer.BYTES, value);
    }

    private void patch(int at, int value) {
        ByteBuffer.wrap(bytes).putInt(at, value);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
