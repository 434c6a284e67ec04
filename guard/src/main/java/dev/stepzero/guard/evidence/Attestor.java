package dev.stepzero.guard.evidence;

import dev.stepzero.guard.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Makes evidence: says something about an artifact and signs it. Safe for use by several threads. */
public final class Attestor {
    private final SigningKey key;
    private final Json json = Json.ofStatements();

    public Attestor(SigningKey key) {
        this.key = key;
    }

    /**
     * Signs a statement. The same statement always has the same payload; its signature differs each time.
     *
     * @param subject {@code sha256:<64 hex digits>} or {@code gitCommit:<40 or 64 hex digits>}
     * @param name what people call the subject
     * @param predicateType the in-toto predicate type, a URI
     * @param predicate what is said: anything that Jackson writes as an object, with no fraction in it
     * @return a DSSE envelope as JSON, such as {@code cosign attest} makes it
     * @throws IllegalArgumentException if the subject is no such digest or the predicate cannot be evidence
     */
    public String sign(String subject, String name, String predicateType, Object predicate) {
        var digest = SubjectDigest.parse(subject);
        var said = json.tree(predicate);
        if (!said.isObject()) {
            throw new IllegalArgumentException("a predicate must be an object: " + predicateType);
        }
        var payload = json.write(json.tree(Map.of(
                "_type",
                StatementReader.TYPE,
                "subject",
                List.of(Map.of("name", name, "digest", Map.of(digest.algorithm(), digest.hex()))),
                "predicateType",
                predicateType,
                "predicate",
                said)));
        var signature = key.sign(Envelope.preAuthenticationEncoding(Envelope.IN_TOTO, payload));
        var fields =
                Envelope.fields(Envelope.IN_TOTO, payload, key.verification().id(), signature);
        return new String(json.write(json.tree(fields)), StandardCharsets.UTF_8);
    }
}
