package dev.stepzero.guard.ledger.merkle;

import dev.stepzero.core.Digest;
import java.util.Arrays;
import java.util.Base64;

/** A SHA-256 hash of the tree. Leaves and nodes are hashed with different first bytes, so that neither passes for the other. */
public final class Hash {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A hash that was kept somewhere.
     *
     * @throws IllegalArgumentException unless it has 32 bytes
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a hash has %d bytes and not %d".formatted(LENGTH, bytes.length));
        }
        return new Hash(bytes.clone());
    }

    /** Reads what {@link #toString} wrote; anything else is an {@link IllegalArgumentException}. */
    public static Hash parse(String base64) {
        return of(Base64.getDecoder().decode(base64));
    }

    /** The root of the tree without leaves. */
    public static Hash ofNothing() {
        return new Hash(Digest.sha256().digest());
    }

    public static Hash ofLeaf(byte[] content) {
        var digest = Digest.sha256();
        digest.update(LEAF);
        return new Hash(digest.digest(content));
    }

    public static Hash ofNode(Hash left, Hash right) {
        var digest = Digest.sha256();
        digest.update(NODE);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, LENGTH);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In base64, as checkpoints have it. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
