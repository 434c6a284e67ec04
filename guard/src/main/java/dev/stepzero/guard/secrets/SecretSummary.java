package dev.stepzero.guard.secrets;

import java.time.Instant;
import java.util.Optional;

/**
 * What may be shown of a secret.
 *
 * @param version the current one
 * @param canary whether a run ends when it shows up in the output
 * @param since when the current version was made
 * @param previousUntil until when the version before is valid too
 * @param lastUsed when a step last had it
 */
public record SecretSummary(
        SecretId id,
        int version,
        boolean canary,
        Instant since,
        Optional<Instant> previousUntil,
        Optional<Instant> lastUsed) {

    /**
     * What may be shown of one of its versions.
     *
     * @param keyId what wraps its data key
     * @param until until when it is valid; empty: until the next one comes
     */
    public record Version(int number, String keyId, Instant made, Optional<Instant> until) {}
}
