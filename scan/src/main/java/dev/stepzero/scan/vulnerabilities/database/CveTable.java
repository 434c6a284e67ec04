package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.UserError;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/** A number for each of many CVEs, in a file that never changes and is mapped into memory. */
final class CveTable implements AutoCloseable {
    private static final long MAGIC = 0x53_5a_43_56_45_30_30_31L;
    private static final int HEADER = 2 * Long.BYTES;

    private final Arena arena;
    private final MemorySegment table;

    private CveTable(Arena arena, MemorySegment table) {
        this.arena = arena;
        this.table = table;
    }

    static CveTable open(Path file) throws IOException {
        var arena = Arena.ofShared();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            if (memory.byteSize() < HEADER
                    || memory.get(Segment.LONG, 0) != MAGIC
                    || memory.get(Segment.LONG, Long.BYTES) != memory.byteSize()) {
                throw UserError.unreadable("the file is damaged, or of another version of Stepzero")
                        .at(file.toString())
                        .fix("import the list again: stepzero db import --kev FILE --epss FILE");
            }
            return new CveTable(arena, memory.asSlice(HEADER));
        } catch (IOException | UserError e) {
            arena.close();
            throw e;
        }
    }

    static void write(Path file, Pairs pairs) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
            out.writeLong(MAGIC);
            out.writeLong(HEADER + (long) pairs.size() * Pairs.BYTES);
            pairs.write(out);
            out.flush();
            channel.force(true);
        }
    }

    OptionalLong get(String cve) {
        var key = key(cve);
        if (key.isEmpty()) {
            return key;
        }
        long index = Pairs.first(table, key.getAsLong());
        return Pairs.has(table, index, key.getAsLong())
                ? OptionalLong.of(Pairs.value(table, index))
                : OptionalLong.empty();
    }

    /** The year and the number of an identifier such as {@code CVE-2021-44228}, in one. */
    static OptionalLong key(String cve) {
        if (!cve.startsWith("CVE-") || cve.length() < 10 || cve.length() > 20 || cve.charAt(8) != '-') {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 4; i < cve.length(); i++) {
            char c = cve.charAt(i);
            if (i == 8) {
                continue;
            }
            if (c < '0' || c > '9') {
                return OptionalLong.empty();
            }
            number = number * 10 + (c - '0');
        }
        // The number of digits tells 2021-00123 from 2021-0123.
        return OptionalLong.of(number << 5 | cve.length());
    }

    @Override
    public void close() {
        arena.close();
    }
}
