package dev.stepzero.guard.keys;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key whose signatures count, and until when.
 *
 * @param key the public key
 * @param from when it began to sign
 * @param until when another took its place; null while it signs
 * @param revoked when it was taken back, or null
 * @param reason why it was taken back, or null
 */
public record TrustedKey(
        VerificationKey key,
        Instant from,
        @Nullable Instant until,
        @Nullable Instant revoked,
        @Nullable String reason) {

    /** A key that somebody names for one verification: it has no end. */
    public static TrustedKey of(VerificationKey key) {
        return new TrustedKey(key, Instant.EPOCH, null, null, null);
    }

    /** Whether it signs now. */
    public boolean signs() {
        return until == null && revoked == null;
    }

    /** Why a signature of a time does not count, as a sentence without a full stop; empty: it counts. */
    public Optional<String> refusal(Instant signedAt) {
        if (revoked != null) {
            return Optional.of("the key %s was revoked on %s: %s".formatted(key.id(), revoked, reason));
        }
        if (until != null && signedAt.isAfter(until)) {
            return Optional.of(
                    "the key %s ended on %s, and this was signed on %s".formatted(key.id(), until, signedAt));
        }
        return Optional.empty();
    }

    TrustedKey ended(Instant end) {
        return until == null ? new TrustedKey(key, from, end, revoked, reason) : this;
    }

    TrustedKey revoked(Instant at, String why) {
        return revoked == null ? new TrustedKey(key, from, until == null ? at : until, at, why) : this;
    }
}
