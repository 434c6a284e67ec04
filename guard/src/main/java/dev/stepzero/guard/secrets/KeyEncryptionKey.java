package dev.stepzero.guard.secrets;

import dev.stepzero.core.UserError;
import java.util.Optional;

/** What wraps the key of each version of each secret. It lives outside the database that holds what it wraps. */
public interface KeyEncryptionKey {

    /** A wrapped data key with the id of what wrapped it. */
    record Wrapped(String keyId, Ciphertext key) {}

    /**
     * Wraps a data key, bound to what it is for.
     *
     * @throws UserError if the key cannot be had
     */
    Wrapped wrap(byte[] dataKey, SecretVersion version) throws InterruptedException;

    /** Whether this can unwrap what the key of this id wrapped. */
    boolean unwraps(String keyId);

    /**
     * Gives a data key back, which whoever asked for it overwrites.
     *
     * @return empty if it was wrapped for something else, or altered
     * @throws UserError if the key cannot be had
     */
    Optional<byte[]> unwrap(Wrapped wrapped, SecretVersion version) throws InterruptedException;

    /** The id under which it wraps now; empty where that is only known afterwards. */
    Optional<String> currentId();
}
