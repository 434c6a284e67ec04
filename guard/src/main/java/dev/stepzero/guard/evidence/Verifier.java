package dev.stepzero.guard.evidence;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.VerificationKey;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads evidence, and gives none that a trusted key has not signed. Safe for use by several threads. */
public final class Verifier {
    private static final Predicate<String> NAMES_A_KEY =
            Pattern.compile("[0-9A-Za-z:+/=._-]{1,100}").asMatchPredicate();

    private final List<VerificationKey> trusted;
    private final Json envelopes = Json.ofEnvelopes();
    private final Json statements = Json.ofStatements();

    /** A verifier that takes the word of any one of these keys; without a key it believes nothing. */
    public Verifier(Collection<VerificationKey> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /**
     * The statement in an envelope. Whoever asks still has to see that it is about the right subject and of the right
     * predicate type.
     *
     * @param envelope a DSSE envelope as JSON, at most 32 MiB
     * @throws UserError with status 1 if no trusted key signed it, with status 3 if it cannot be read
     */
    public Statement verify(String envelope) {
        return evidence(envelope).statement();
    }

    /** The same, with who signed it. */
    public Evidence evidence(String envelope) {
        var opened = Envelope.of(envelopes.read(envelope, "the evidence"));
        var signer = signer(opened);
        if (!opened.payloadType().equals(Envelope.IN_TOTO)) {
            throw UserError.unreadable(
                    "the evidence is of type %s, not %s".formatted(opened.payloadType(), Envelope.IN_TOTO));
        }
        var statement = StatementReader.read(statements.read(opened.payload(), "the evidence's payload"));
        return new Evidence(Digest.of(opened.canonical()), statement, signer);
    }

    private VerificationKey signer(Envelope envelope) {
        var message = Envelope.preAuthenticationEncoding(envelope.payloadType(), envelope.payload());
        for (var signed : envelope.signatures()) {
            var signature = signed.bytes();
            for (var key : trusted) {
                if (key.verifies(message, signature)) {
                    return key;
                }
            }
        }
        throw UserError.blocked(refusal(envelope)).fix("trust the key that signed it, or make the evidence anew");
    }

    private String refusal(Envelope envelope) {
        var hints = envelope.signatures().stream().map(Envelope.Signed::keyId).toList();
        if (trusted.stream().anyMatch(key -> hints.stream().anyMatch(key::isCalled))) {
            return "the evidence was altered after it was signed, or its signature is another's";
        }
        return hints.stream()
                .filter(NAMES_A_KEY)
                .findFirst()
                .map("the evidence is signed by the key %s, which is not trusted"::formatted)
                .orElse("the evidence is not signed by a trusted key");
    }
}
