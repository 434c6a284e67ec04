package dev.stepzero.guard.evidence;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.guard.keys.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The signature of an image as {@code cosign sign --key} makes it: over a text that names the image by its digest. The
 * form is that of cosign's {@code SIGNATURE_SPEC.md}, Simple Signing.
 *
 * @param payload the signed text, as it is stored beside the image
 * @param signature over its UTF-8 bytes, in base64
 */
public record ImageSignature(String payload, String signature) {
    private static final String TYPE = "cosign container image signature";

    /**
     * Signs an image.
     *
     * @param reference where the image can be had; cosign's verifier does not look at it
     */
    public static ImageSignature of(SigningKey key, Digest image, String reference) {
        var payload = payload(image, reference);
        var signature = key.sign(payload.getBytes(StandardCharsets.UTF_8));
        return new ImageSignature(payload, Base64.getEncoder().encodeToString(signature));
    }

    /** The text as cosign's own encoder writes it: keys in order, nothing optional. */
    private static String payload(Digest image, String reference) {
        var critical = Map.of(
                "identity", Map.of("docker-reference", reference),
                "image", Map.of("docker-manifest-digest", image.toString()),
                "type", TYPE);
        var json = Json.ofEnvelopes();
        var whole = ((ObjectNode) json.tree(Map.of("critical", critical))).putNull("optional");
        return new String(json.write(whole), StandardCharsets.UTF_8);
    }

    /** Which of these keys made the signature. */
    public Optional<VerificationKey> signer(Collection<VerificationKey> keys) {
        var message = payload.getBytes(StandardCharsets.UTF_8);
        return bytes().flatMap(made ->
                keys.stream().filter(key -> key.verifies(message, made)).findFirst());
    }

    private Optional<byte[]> bytes() {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The image that the text names.
     *
     * @throws UserError if it names none
     */
    public Digest image() {
        var text = Json.ofEnvelopes().read(payload, "the signed text");
        var digest = text.at("/critical/image/docker-manifest-digest").stringValue("");
        if (!text.at("/critical/type").stringValue("").equals(TYPE) || !digest.startsWith("sha256:")) {
            throw UserError.unreadable("the signed text names no image");
        }
        return Digest.parse(digest);
    }
}
