package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.scan.vulnerabilities.osv.Advisory;
import dev.stepzero.scan.vulnerabilities.osv.Affected;
import dev.stepzero.scan.vulnerabilities.osv.Affected.Event;
import dev.stepzero.scan.vulnerabilities.osv.Affected.Range;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads what {@link Encoder} wrote. Whatever a damaged file makes of it ends in an unchecked exception, never in a loop. */
final class Decoder {
    private final MemorySegment memory;
    private long at;

    Decoder(MemorySegment memory, long at) {
        this.memory = memory;
        this.at = at;
    }

    /** Reads the head of a record whose begin this decoder stands at. */
    Advisory.Head head() {
        at += Integer.BYTES;
        number();
        return new Advisory.Head(text(), text(), texts(), texts(), texts(), text(), texts(), many(this::number));
    }

    /** Reads the package whose begin this decoder stands at, which is behind its length. */
    Affected affected() {
        long end = at + memory.get(Segment.INT, at - Integer.BYTES);
        at += Integer.BYTES;
        var ecosystem = text();
        var name = text();
        var ratings = texts();
        var versions = texts();
        var ranges = many(this::range);
        List<String> symbols = at < end ? texts() : List.of();
        return new Affected(ecosystem, name, ratings, symbols, versions, ranges);
    }

    /** Whether the record at which this decoder stands was taken back. */
    boolean withdrawn() {
        at += Integer.BYTES;
        return (number() & 1) == 1;
    }

    /** Where the affected packages of the record begin at whose begin this decoder stands. */
    List<Long> affectedPlaces() {
        head();
        int count = number();
        var places = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            int length = fixed();
            places.add(at);
            at += length;
        }
        return places;
    }

    private Range range() {
        boolean semantic = number() == 1;
        return new Range(semantic, many(() -> new Event(Kinds.of(number()), text())));
    }

    private List<String> texts() {
        return many(this::text);
    }

    private <T> List<T> many(Supplier<T> one) {
        int count = number();
        if (count == 0) {
            return List.of();
        }
        var all = new ArrayList<T>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            all.add(one.get());
        }
        return all;
    }

    private String text() {
        int length = number();
        if (length == 0) {
            return "";
        }
        var utf8 = memory.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        at += length;
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private int number() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = memory.get(ValueLayout.JAVA_BYTE, at++);
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number does not end");
    }

    private int fixed() {
        int value = memory.get(Segment.INT, at);
        at += Integer.BYTES;
        return value;
    }
}
