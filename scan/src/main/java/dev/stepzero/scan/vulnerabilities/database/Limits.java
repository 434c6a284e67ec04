package dev.stepzero.scan.vulnerabilities.database;

import java.time.Duration;

/**
 * What a source may cost. The usual limits are several times what the largest sources of November 2026 need.
 *
 * @param record the bytes of one record
 * @param download the bytes of one answer of a server
 * @param ratio how many times its own size a compressed file may unpack to, beyond {@code slack} bytes
 * @param table the bytes of a list of CVEs, unpacked
 * @param silence how long a server may send nothing
 * @param patience how long a download may take
 */
public record Limits(
        int record, long download, int ratio, long slack, long table, Duration silence, Duration patience) {
    public static final Limits USUAL =
            new Limits(32 << 20, 4L << 30, 100, 64L << 20, 512L << 20, Duration.ofSeconds(60), Duration.ofMinutes(30));

    /** The bytes to which a file of this size may unpack. */
    long unpacked(long size) {
        return slack + ratio * size;
    }
}
