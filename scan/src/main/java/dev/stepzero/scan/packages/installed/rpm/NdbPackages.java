package dev.stepzero.scan.packages.installed.rpm;

import dev.stepzero.scan.packages.installed.bytes.Bytes;
import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.util.function.Consumer;

/** RPM's own database format ({@code Packages.db}): pages of slots that point to blobs in blocks of 16 bytes. */
final class NdbPackages {
    private static final long MAGIC = 'R' | 'p' << 8 | 'm' << 16 | 'P' << 24;
    private static final long SLOT_MAGIC = 'S' | 'l' << 8 | 'o' << 16 | 't' << 24;
    private static final long BLOB_MAGIC = 'B' | 'l' << 8 | 'b' << 16 | 'S' << 24;
    private static final int PAGE = 4096;
    private static final int SLOT = 16;
    /** The file's own header takes the place of two slots. */
    private static final int FIRST_SLOT = 2 * SLOT;

    private static final int BLOCK = 16;
    private static final int BLOB_HEADER = 16;

    private NdbPackages() {}

    static boolean isDatabase(Bytes bytes) {
        return bytes.length() >= FIRST_SLOT && bytes.u32(0) == MAGIC;
    }

    static void blobs(Bytes bytes, Consumer<Bytes> headers) {
        long pages = bytes.u32(12);
        for (long at = FIRST_SLOT; at < pages * PAGE; at += SLOT) {
            var slot = bytes.part(at, SLOT);
            if (slot.u32(0) != SLOT_MAGIC) {
                throw new UnreadableFile("has a broken slot");
            }
            long number = slot.u32(4);
            if (number != 0) {
                long offset = slot.u32(8) * BLOCK;
                var start = bytes.part(offset, BLOB_HEADER);
                if (start.u32(0) != BLOB_MAGIC || start.u32(4) != number) {
                    throw new UnreadableFile("has a slot that points to no blob");
                }
                headers.accept(bytes.part(offset + BLOB_HEADER, start.u32(12)));
            }
        }
    }
}
