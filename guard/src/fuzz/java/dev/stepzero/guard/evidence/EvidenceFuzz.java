package dev.stepzero.guard.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.VerificationKey;

/** A DSSE envelope, an in-toto statement and a public key. */
public final class EvidenceFuzz {
    private EvidenceFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, UTF_8);
        refusing(() -> Envelope.of(Json.ofEnvelopes().read(text, "the evidence"))
                .signatures()
                .forEach(Envelope.Signed::bytes));
        refusing(() -> StatementReader.read(Json.ofStatements().read(input, "the statement")));
        refusing(() -> VerificationKey.ofPem(text));
    }

    private static void refusing(Runnable reader) {
        try {
            reader.run();
        } catch (UserError documented) {
            // The documented way to refuse.
        }
    }
}
