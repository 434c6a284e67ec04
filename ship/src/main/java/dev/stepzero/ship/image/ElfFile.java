package dev.stepzero.ship.image;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A 64-bit little-endian ELF file, as far as the dynamic linker reads it first.
 *
 * @param needed the names of the libraries that it needs
 * @param interpreter the absolute path of the dynamic linker; libraries have none
 */
record ElfFile(List<String> needed, Optional<String> interpreter) {
    private static final int MAGIC = 0x7f454c46;
    private static final int PROGRAM_HEADER = 56;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int INTERPRETER = 3;
    private static final int NEEDED = 1;
    private static final int STRING_TABLE = 5;
    private static final int LONGEST_NAME = 4096;

    private record Segment(int type, int offset, long address, int size) {}

    /** Reads a file; empty if it is no such ELF file, or a damaged one. */
    static Optional<ElfFile> read(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < 64 || channel.size() > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return bytes.getInt(0) == MAGIC && bytes.get(4) == 2 && bytes.get(5) == 1
                    ? Optional.of(parse(bytes.order(ByteOrder.LITTLE_ENDIAN)))
                    : Optional.empty();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static ElfFile parse(ByteBuffer bytes) {
        var segments = new ArrayList<Segment>();
        var start = Math.toIntExact(bytes.getLong(32));
        for (var i = 0; i < bytes.getShort(56); i++) {
            var at = start + i * PROGRAM_HEADER;
            segments.add(new Segment(
                    bytes.getInt(at),
                    Math.toIntExact(bytes.getLong(at + 8)),
                    bytes.getLong(at + 16),
                    Math.toIntExact(bytes.getLong(at + 32))));
        }
        var interpreter = segments.stream()
                .filter(segment -> segment.type() == INTERPRETER)
                .map(segment -> text(bytes, segment.offset()))
                .findFirst();
        return new ElfFile(needed(bytes, segments), interpreter);
    }

    private static List<String> needed(ByteBuffer bytes, List<Segment> segments) {
        var offsets = new ArrayList<Long>();
        var strings = 0L;
        for (var segment : segments) {
            for (var at = segment.offset();
                    segment.type() == DYNAMIC && at < segment.offset() + segment.size();
                    at += 16) {
                switch (Math.toIntExact(bytes.getLong(at) & 0x7fffffff)) {
                    case NEEDED -> offsets.add(bytes.getLong(at + 8));
                    case STRING_TABLE -> strings = bytes.getLong(at + 8);
                    default -> {}
                }
            }
        }
        var table = fileOffset(segments, strings);
        return offsets.stream()
                .map(offset -> text(bytes, Math.toIntExact(table + offset)))
                .toList();
    }

    private static long fileOffset(List<Segment> segments, long address) {
        return segments.stream()
                .filter(segment -> segment.type() == LOAD
                        && address >= segment.address()
                        && address < segment.address() + segment.size())
                .mapToLong(segment -> address - segment.address() + segment.offset())
                .findFirst()
                .orElse(address);
    }

    private static String text(ByteBuffer bytes, int at) {
        var end = at;
        while (bytes.get(end) != 0 && end - at < LONGEST_NAME) {
            end++;
        }
        var name = new byte[end - at];
        bytes.get(at, name);
        return new String(name, StandardCharsets.UTF_8);
    }
}
