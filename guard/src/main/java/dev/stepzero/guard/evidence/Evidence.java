package dev.stepzero.guard.evidence;

import dev.stepzero.core.Digest;
import dev.stepzero.guard.keys.VerificationKey;
import java.nio.charset.StandardCharsets;

/**
 * A statement that somebody trusted vouches for.
 *
 * @param digest of its envelope in our own form, by which other evidence names it
 * @param statement what is said
 * @param signer who says it
 */
public record Evidence(Digest digest, Statement statement, VerificationKey signer) {

    /**
     * An envelope in the form in which we write it, whatever kept it in between; nothing is verified by this.
     *
     * @throws dev.stepzero.core.UserError if it is no envelope
     */
    public static String canonical(String envelope) {
        var opened = Envelope.of(Json.ofEnvelopes().read(envelope, "the evidence"));
        return new String(opened.canonical(), StandardCharsets.UTF_8);
    }

    /** What a verdict calls an envelope that it rests on. */
    public static Digest digest(String envelope) {
        return Digest.of(canonical(envelope).getBytes(StandardCharsets.UTF_8));
    }
}
