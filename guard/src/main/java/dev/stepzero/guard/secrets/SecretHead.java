package dev.stepzero.guard.secrets;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * Which versions of a secret are valid.
 *
 * @param current the version that counts
 * @param previous the one before, while it counts too
 */
record SecretHead(SecretId id, boolean canary, int current, Optional<Previous> previous) {

    /** A version that is valid until a moment. */
    record Previous(int version, Instant until) {}

    /** What the seal is over. */
    byte[] bytes() {
        var bound = new SecretVersion(id, current).bytes("head");
        var none = new Previous(0, Instant.EPOCH);
        var before = previous.orElse(none);
        return ByteBuffer.allocate(bound.length + 1 + Integer.BYTES + Long.BYTES)
                .put(bound)
                .put((byte) (canary ? 1 : 0))
                .putInt(before.version())
                .putLong(before.until().toEpochMilli())
                .array();
    }
}
