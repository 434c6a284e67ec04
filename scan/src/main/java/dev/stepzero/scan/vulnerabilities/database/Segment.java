package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.vulnerabilities.osv.Advisory;
import dev.stepzero.scan.vulnerabilities.osv.Affected;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of one source in a file that never changes: the records one after another, then tables of digests,
 * packages and identifiers. It is mapped into memory, so that a look-up reads a few pages of it.
 */
final class Segment implements AutoCloseable {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final long MAGIC = 0x53_5a_4f_53_56_30_30_31L;
    static final int HEADER = 6 * Long.BYTES;

    /** Rises when more is kept of a record: what an older one holds can be read, but is made anew at the next import. */
    static final long REVISION = 1;

    private final Path file;
    private final Arena arena;
    private final MemorySegment memory;
    private final MemorySegment digests;
    private final MemorySegment packages;
    private final MemorySegment ids;

    private Segment(Path file, Arena arena, MemorySegment memory) {
        this.file = file;
        this.arena = arena;
        this.memory = memory;
        long digestsAt = memory.get(LONG, 2 * Long.BYTES);
        long packagesAt = memory.get(LONG, 3 * Long.BYTES);
        long idsAt = memory.get(LONG, 4 * Long.BYTES);
        digests = memory.asSlice(digestsAt, packagesAt - digestsAt);
        packages = memory.asSlice(packagesAt, idsAt - packagesAt);
        ids = memory.asSlice(idsAt);
    }

    /** Opens a segment. @throws UserError if the file is not whole */
    static Segment open(Path file) throws IOException {
        var arena = Arena.ofShared();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            if (memory.byteSize() < HEADER
                    || memory.get(LONG, 0) != MAGIC
                    || memory.get(LONG, Long.BYTES) != memory.byteSize()) {
                throw damaged(file);
            }
            return new Segment(file, arena, memory);
        } catch (IOException | UserError e) {
            arena.close();
            throw e;
        } catch (IndexOutOfBoundsException e) {
            arena.close();
            throw damaged(file).because(e);
        }
    }

    private static UserError damaged(Path file) {
        return UserError.unreadable("the file is damaged, or of another version of Stepzero")
                .at(file.toString())
                .fix("delete the directory %s and import again: stepzero db import PATH"
                        .formatted(file.toAbsolutePath().getParent()));
    }

    /** A package of a record, found by name. */
    final class Entry {
        private final long at;
        private final Affected affected;

        private Entry(long at, Affected affected) {
            this.at = at;
            this.affected = affected;
        }

        Affected affected() {
            return affected;
        }

        Advisory.Head head() {
            return guarded(() -> new Decoder(memory, at - memory.get(INT, at)).head());
        }
    }

    /** What the records say of a package in exactly this ecosystem, release included. */
    List<Entry> find(String ecosystem, String name) {
        return guarded(() -> {
            var found = new ArrayList<Entry>();
            long key = Keys.ofPackage(ecosystem, name);
            for (long i = Pairs.first(packages, key); Pairs.has(packages, i, key); i++) {
                long at = Pairs.value(packages, i);
                var affected = new Decoder(memory, at).affected();
                if (Keys.normalEcosystem(affected.ecosystem()).equals(ecosystem)
                        && Keys.normalName(ecosystem, affected.name()).equals(Keys.normalName(ecosystem, name))) {
                    found.add(new Entry(at, affected));
                }
            }
            return found;
        });
    }

    /** The heads of the records that have an identifier as their own or among their aliases. */
    List<Advisory.Head> byId(String id) {
        return guarded(() -> {
            var found = new ArrayList<Advisory.Head>();
            long key = Keys.ofId(id);
            for (long i = Pairs.first(ids, key); Pairs.has(ids, i, key); i++) {
                var head = new Decoder(memory, Pairs.value(ids, i)).head();
                if (head.id().equalsIgnoreCase(id) || head.aliases().stream().anyMatch(id::equalsIgnoreCase)) {
                    found.add(head);
                }
            }
            return found;
        });
    }

    /** Whether its records hold all that is kept of one today. */
    boolean isCurrent() {
        return memory.get(LONG, 5 * Long.BYTES) == REVISION;
    }

    /** The bytes of the record that was made from a JSON text of this digest. */
    Optional<byte[]> made(long digest, long rest) {
        return guarded(() -> {
            for (long i = Pairs.first(digests, digest); Pairs.has(digests, i, digest); i++) {
                long at = Pairs.value(digests, i);
                // Before each record stands the rest of its digest.
                if (memory.get(LONG, at - Long.BYTES) == rest) {
                    int length = Integer.BYTES + memory.get(INT, at);
                    return Optional.of(memory.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE));
                }
            }
            return Optional.empty();
        });
    }

    private <T> T guarded(java.util.function.Supplier<T> read) {
        try {
            return read.get();
        } catch (IndexOutOfBoundsException | InternalError e) {
            throw damaged(file).because(e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
